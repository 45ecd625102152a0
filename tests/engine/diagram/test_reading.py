"""Reading: what the XML says is in the facts, in Camunda's dialect and in plain BPMN."""

from __future__ import annotations

import pytest

from engine.diagram import (
    Diagram,
    DiagramRefused,
    ElementFacts,
    FormField,
    MultiInstance,
    Timer,
    VariableMapping,
    read_diagram,
)

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:i18n="http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
    xmlns:own="urn:example:demo" id="Definitions_1" targetNamespace="urn:example:demo">
  <bpmn:message id="Message_1" name="demo.answer" />
  <bpmn:error id="Error_1" name="Не годится" errorCode="NOT_FIT" />
"""


def read(body: str, file_name: str = "demo.bpmn") -> Diagram:
    xml = f'{HEAD}<bpmn:process id="demo" isExecutable="true">{body}</bpmn:process>'
    return read_diagram(f"{xml}</bpmn:definitions>".encode(), file_name)


def element(body: str, element_id: str = "it") -> ElementFacts:
    found = read(body).element(element_id)
    assert found is not None
    return found


def extended(tag: str, attributes: str = "", extensions: str = "", body: str = "") -> ElementFacts:
    return element(
        f'<bpmn:{tag} id="it" {attributes}><bpmn:extensionElements>{extensions}'
        f"</bpmn:extensionElements>{body}</bpmn:{tag}>"
    )


def properties(**values: str) -> str:
    pairs = "".join(
        f'<camunda:property name="{name}" value="{value}"/>' for name, value in values.items()
    )
    return f"<camunda:properties>{pairs}</camunda:properties>"


class TestDiagram:
    def test_key_is_the_name_of_the_file(self) -> None:
        assert read("", "fk_b03.bpmn").key == "fk_b03"

    def test_messages_and_errors_by_id(self) -> None:
        diagram = read("")
        assert diagram.messages == {"Message_1": "demo.answer"}
        assert diagram.errors == {"Error_1": "NOT_FIT"}

    def test_process_without_the_flag_is_documentation(self) -> None:
        xml = f'{HEAD}<bpmn:process id="drawn"/></bpmn:definitions>'
        diagram = read_diagram(xml.encode(), "demo.bpmn")
        assert not diagram.processes["drawn"].executable
        assert diagram.executable == ()

    def test_flow_without_an_id_gets_one_that_is_free(self) -> None:
        diagram = read(
            '<bpmn:startEvent id="Flow_line_9"/><bpmn:endEvent id="b"/>'
            '<bpmn:sequenceFlow sourceRef="Flow_line_9" targetRef="b"/>'
        )
        (flow,) = diagram.processes["demo"].flows.values()
        assert flow.id not in ("", "Flow_line_9")
        assert diagram.xml_by_id[flow.id].get("sourceRef") == "Flow_line_9"

    def test_references_may_be_qualified_and_padded(self) -> None:
        task = element('<bpmn:receiveTask id=" it " messageRef="own:Message_1"/>')
        assert task.message_name == "demo.answer"

    def test_older_encodings_are_read(self) -> None:
        xml = HEAD.replace("UTF-8", "windows-1251") + '<bpmn:process id="p" name="Заявка"/>'
        diagram = read_diagram(f"{xml}</bpmn:definitions>".encode("cp1251"), "demo.bpmn")
        assert diagram.processes["p"].name("ru") == "Заявка"

    def test_comments_do_not_split_texts(self) -> None:
        task = element(
            '<bpmn:userTask id="it"><bpmn:documentation>a<!-- b -->c</bpmn:documentation>'
            "</bpmn:userTask>"
        )
        assert task.documentation == "ac"


class TestProcess:
    def test_properties(self) -> None:
        process = read(
            "<bpmn:extensionElements>"
            + properties(
                title="${enterprise}",
                unit="${centre}",
                party="${bin}",
                map="map.json",
                inputs="bin, financial_year",
                defaultLanguage="kk",
            )
            + "</bpmn:extensionElements>"
        ).processes["demo"]
        assert process.title == "${enterprise}"
        assert process.unit == "${centre}"
        assert process.party == "${bin}"
        assert process.map_file == "map.json"
        assert process.inputs == ("bin", "financial_year")
        assert process.default_language == "kk"

    def test_starters(self) -> None:
        xml = (
            f'{HEAD}<bpmn:process id="demo" isExecutable="1" '
            'camunda:candidateStarterGroups="employer, specialist"/></bpmn:definitions>'
        )
        process = read_diagram(xml.encode(), "demo.bpmn").processes["demo"]
        assert process.executable
        assert process.starter_groups == ("employer", "specialist")

    def test_a_pool_names_a_nameless_process(self) -> None:
        xml = (
            f'{HEAD}<bpmn:collaboration id="c"><bpmn:participant id="pool" name="Заявка" '
            'processRef="own:demo"/></bpmn:collaboration><bpmn:process id="demo"/>'
            "</bpmn:definitions>"
        )
        assert read_diagram(xml.encode(), "demo.bpmn").processes["demo"].name("en") == "Заявка"

    def test_innermost_lane_wins_and_sub_processes_hand_it_on(self) -> None:
        process = read(
            '<bpmn:laneSet id="s"><bpmn:lane id="outer" name="Центр">'
            "<bpmn:flowNodeRef>a</bpmn:flowNodeRef><bpmn:flowNodeRef>sub</bpmn:flowNodeRef>"
            '<bpmn:childLaneSet id="t"><bpmn:lane id="inner">'
            "<bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet>"
            "</bpmn:lane></bpmn:laneSet>"
            '<bpmn:userTask id="a"/><bpmn:subProcess id="sub"><bpmn:userTask id="b"/>'
            '</bpmn:subProcess><bpmn:userTask id="c"/>'
        ).processes["demo"]
        lanes = {key: each.lane for key, each in process.elements.items()}
        assert lanes == {"a": "inner", "sub": "outer", "b": "outer", "c": None}
        assert process.lanes["inner"].parent == "outer"
        assert process.lanes["outer"].name("kk") == "Центр"

    def test_flows_know_their_ends_and_elements_their_flows(self) -> None:
        process = read(
            '<bpmn:exclusiveGateway id="g" default="no"/><bpmn:endEvent id="e"/>'
            '<bpmn:sequenceFlow id="yes" sourceRef="g" targetRef="e">'
            "<bpmn:conditionExpression> ${a &gt; 1} </bpmn:conditionExpression>"
            '</bpmn:sequenceFlow><bpmn:sequenceFlow id="no" sourceRef="g" targetRef="e"/>'
        ).processes["demo"]
        assert process.flows["yes"].condition == "${a > 1}"
        assert not process.flows["yes"].is_default
        assert process.flows["no"].is_default
        assert process.elements["g"].outgoing == ("yes", "no")
        assert process.elements["e"].incoming == ("yes", "no")

    def test_elements_of_sub_processes_know_their_parent(self) -> None:
        process = read(
            '<bpmn:subProcess id="out"><bpmn:subProcess id="in" triggeredByEvent="true">'
            '<bpmn:userTask id="a"/></bpmn:subProcess></bpmn:subProcess>'
        ).processes["demo"]
        assert process.elements["a"].parent == "in"
        assert process.elements["in"].is_event_sub_process
        assert not process.elements["out"].is_event_sub_process
        scopes = process.scopes_of(process.elements["a"])
        assert [each.id for each in scopes] == ["in", "out"]


class TestNames:
    NAMED = (
        'name="Подать&#10;заявку"',
        '<i18n:translation xml:lang="kk">Өтінім беру</i18n:translation>'
        '<i18n:translation xml:lang="en-GB">Submit</i18n:translation>'
        '<i18n:translation xml:lang="de" target="documentation">Lang</i18n:translation>',
    )

    def test_names_by_language(self) -> None:
        task = extended("userTask", *self.NAMED)
        assert task.names == {"ru": "Подать заявку", "kk": "Өтінім беру", "en": "Submit"}

    @pytest.mark.parametrize(
        ("language", "name"),
        [("kk", "Өтінім беру"), ("en", "Submit"), ("de", "Подать заявку")],
    )
    def test_name_falls_back_to_the_default_language(self, language: str, name: str) -> None:
        assert extended("userTask", *self.NAMED).name(language) == name

    def test_name_falls_back_to_another_language_and_then_to_the_id(self) -> None:
        only = '<i18n:translation xml:lang="kk">Өтінім беру</i18n:translation>'
        assert extended("userTask", "", only).name("en") == "Өтінім беру"
        assert extended("userTask").name("en") == "it"


class TestUserTask:
    def test_owners(self) -> None:
        task = extended(
            "userTask",
            'camunda:assignee=" demo.a " camunda:candidateGroups="specialist, ${f(a, b)},director"'
            ' camunda:candidateUsers="x,y"',
        )
        assert task.assignee == "demo.a"
        assert task.candidate_groups == ("specialist", "${f(a, b)}", "director")
        assert task.candidate_users == ("x", "y")

    def test_dates_priority_and_form_key(self) -> None:
        task = extended(
            "userTask",
            'camunda:dueDate="${workdays(3)}" camunda:followUpDate="2026-01-01" '
            'camunda:priority="5" camunda:formKey="demo/forms/a.json"',
        )
        assert (task.due_date, task.follow_up_date) == ("${workdays(3)}", "2026-01-01")
        assert (task.priority, task.form_key) == ("5", "demo/forms/a.json")

    def test_form_fields(self) -> None:
        task = extended(
            "userTask",
            "",
            '<camunda:formData><camunda:formField id="kind" label="Мера" type="enum" '
            'defaultValue="pw"><camunda:properties><camunda:property id="hint" value="h"/>'
            '</camunda:properties><camunda:validation><camunda:constraint name="required" '
            'config="true"/></camunda:validation><camunda:value id="pw" name="Работы"/>'
            '<camunda:value id="yp"/></camunda:formField></camunda:formData>',
        )
        assert task.form_fields == (
            FormField(
                id="kind",
                line=task.form_fields[0].line,
                type="enum",
                label="Мера",
                default="pw",
                choices=(("pw", "Работы"), ("yp", "yp")),
                constraints=(("required", "true"),),
                properties={"hint": "h"},
            ),
        )

    def test_own_properties(self) -> None:
        task = extended(
            "userTask",
            "",
            properties(
                source="FK-B.03 2.2; S0 4 ;",
                status="review",
                check="demo.check",
                correlationKey="${bin}",
                signatureDocument="${paper}",
                remote="true",
            ),
        )
        assert task.sources == ("FK-B.03 2.2", "S0 4")
        assert (task.status, task.check, task.correlation_key) == (
            "review",
            "demo.check",
            "${bin}",
        )
        assert (task.signature_document, task.signature_required) == ("${paper}", "${true}")
        assert task.remote

    def test_nothing_is_signed_without_a_document(self) -> None:
        assert extended("userTask").signature_required is None


class TestExternalTask:
    @pytest.mark.parametrize(
        "attributes",
        [
            'camunda:type="external" camunda:topic="demo.work"',
            'camunda:delegateExpression="${demo.work}"',
            'camunda:delegateExpression=" ${ demo.work } "',
        ],
    )
    def test_topic(self, attributes: str) -> None:
        assert extended("serviceTask", attributes).topic == "demo.work"

    def test_a_call_is_no_topic(self) -> None:
        assert extended("serviceTask", 'camunda:delegateExpression="${a.b(1)}"').topic is None

    def test_parameters(self) -> None:
        task = extended(
            "serviceTask",
            "",
            "<camunda:inputOutput>"
            '<camunda:inputParameter name="limit">${a}</camunda:inputParameter>'
            '<camunda:inputParameter name="note"/>'
            '<camunda:outputParameter name="found"> x </camunda:outputParameter>'
            "</camunda:inputOutput>",
        )
        assert task.input_parameters == {"limit": "${a}", "note": ""}
        assert task.output_parameters == {"found": "x"}


class TestEvents:
    def test_message(self) -> None:
        event = extended(
            "intermediateCatchEvent",
            body='<bpmn:messageEventDefinition messageRef="Message_1"/>',
        )
        assert (event.event, event.message_name) == ("message", "demo.answer")
        assert event.catches_message
        assert not event.throws_message

    def test_send_task_throws_a_message_unless_it_has_a_topic(self) -> None:
        assert extended("sendTask", 'messageRef="Message_1"').throws_message
        with_topic = extended("sendTask", 'messageRef="Message_1" camunda:topic="demo.work"')
        assert not with_topic.throws_message

    @pytest.mark.parametrize(
        ("tag", "kind", "text"),
        [
            ("timeDate", "date", "2026-01-31"),
            ("timeDuration", "duration", "${workdays(3)}"),
            ("timeCycle", "cycle", "R3/P1D"),
        ],
    )
    def test_timer(self, tag: str, kind: str, text: str) -> None:
        event = extended(
            "boundaryEvent",
            'attachedToRef="task" cancelActivity="false"',
            body=f"<bpmn:timerEventDefinition><bpmn:{tag}> {text} </bpmn:{tag}>"
            "</bpmn:timerEventDefinition>",
        )
        assert event.timer is not None
        assert event.timer == Timer(event.timer.kind, text, event.timer.line)
        assert event.timer.kind == kind
        assert (event.attached_to, event.cancel_activity) == ("task", False)

    def test_error_with_its_variables(self) -> None:
        event = extended(
            "boundaryEvent",
            'attachedToRef="task"',
            body='<bpmn:errorEventDefinition errorRef="Error_1" camunda:errorCodeVariable="c" '
            'camunda:errorMessageVariable="m"/>',
        )
        (definition,) = event.event_definitions
        assert (event.error_code, event.cancel_activity) == ("NOT_FIT", True)
        assert (definition.error_code_variable, definition.error_message_variable) == ("c", "m")

    def test_condition(self) -> None:
        event = extended(
            "intermediateCatchEvent",
            body="<bpmn:conditionalEventDefinition><bpmn:condition>${a}</bpmn:condition>"
            "</bpmn:conditionalEventDefinition>",
        )
        assert event.condition == "${a}"


class TestBusinessRuleTask:
    def test_decision(self) -> None:
        task = extended(
            "businessRuleTask",
            'camunda:decisionRef=" rate " camunda:decisionRefBinding="versionTag" '
            'camunda:decisionRefVersionTag="autumn" camunda:mapDecisionResult="singleEntry" '
            'camunda:resultVariable="share"',
        )
        assert (task.decision_ref, task.decision_ref_binding) == ("rate", "versionTag")
        assert (task.decision_ref_version, task.decision_ref_version_tag) == (None, "autumn")
        assert (task.map_decision_result, task.result_variable) == ("singleEntry", "share")

    def test_what_holds_unless_said(self) -> None:
        task = extended("businessRuleTask", 'camunda:decisionRef="rate"')
        assert (task.decision_ref_binding, task.map_decision_result) == ("latest", "resultList")
        assert task.result_variable is None


class TestCallActivity:
    def test_mappings(self) -> None:
        call = extended(
            "callActivity",
            'calledElement="other" camunda:calledElementBinding="version" '
            'camunda:calledElementVersion="2"',
            '<camunda:in source="a" target="b"/><camunda:in sourceExpression="${a}" target="c"/>'
            '<camunda:in businessKey="${businessKey}"/><camunda:out variables="all"/>',
        )
        assert (call.called_element, call.called_element_binding) == ("other", "version")
        assert call.called_element_version == "2"
        line = call.in_mappings[0].line
        assert call.in_mappings == (
            VariableMapping(line, source="a", target="b"),
            VariableMapping(line, source_expression="${a}", target="c"),
            VariableMapping(line, business_key="${businessKey}"),
        )
        assert call.out_mappings == (VariableMapping(line, all_variables=True),)

    def test_latest_version_unless_said(self) -> None:
        assert extended("callActivity", 'calledElement="x"').called_element_binding == "latest"


class TestMultiInstance:
    RESULTS = (
        "<bpmn:loopDataOutputRef>results</bpmn:loopDataOutputRef>{item}"
        '<bpmn:outputDataItem name="result"/>'
        "<bpmn:completionCondition>${{done}}</bpmn:completionCondition>"
    )

    def read(self, attributes: str, data: str, item: str) -> MultiInstance | None:
        tag = "bpmn:multiInstanceLoopCharacteristics"
        body = f"<{tag} {attributes}>{data}{self.RESULTS.format(item=item)}</{tag}>"
        return extended("userTask", body=body).multi_instance

    def test_camunda_and_plain_bpmn_say_the_same(self) -> None:
        plain = self.read(
            'isSequential="true"',
            "<bpmn:loopDataInputRef>items</bpmn:loopDataInputRef>",
            '<bpmn:inputDataItem name="item"/>',
        )
        assert plain is not None
        assert plain == self.read(
            'isSequential="true" camunda:collection="items" camunda:elementVariable="item"', "", ""
        )
        assert (plain.collection, plain.element_variable) == ("items", "item")
        assert (plain.output_collection, plain.output_element) == ("results", "result")
        assert (plain.sequential, plain.completion_condition) == (True, "${done}")


def test_line_is_the_elements() -> None:
    diagram = read('\n\n<bpmn:userTask id="a"/>')
    found = diagram.element("a")
    assert found is not None
    assert found.line == HEAD.count("\n") + 3


def test_refused_diagram_tells_its_reason() -> None:
    with pytest.raises(DiagramRefused) as refused:
        read_diagram(b"<html/>", "demo.bpmn")
    (problem,) = refused.value.problems
    assert (problem.rule, problem.severity, problem.line) == ("readable-xml", "error", 1)

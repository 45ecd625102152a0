"""The language between `${` and `}`: a subset of Camunda's (JUEL) without reflection."""

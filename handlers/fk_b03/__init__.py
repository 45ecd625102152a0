"""FK-B.03 «Организация субсидируемых рабочих мест»: the automatic steps of the map."""

package intake

import (
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/sheet/propose"
)

// checkFill brings the values that a person gives to rows without their own to the rules' names. Errors: Invalid for
// another field, and for a category or group that the rules do not know.
func checkFill(rules judging.Rules, fill propose.Choices) (propose.Choices, error) {
	out := slices.Clone(fill)
	for i, c := range out {
		if !slices.Contains(propose.Fields, c.Field) {
			return nil, judging.Fail(judging.Invalid, "import.bad_fill", judging.Args{"Field": c.Field})
		}
		value := judging.Tidy(c.Value)
		if value != "" && value != propose.AsProposed {
			var err error
			if value, err = revisions.Known(rules, c.Field, value); err != nil {
				return nil, err
			}
		}
		out[i].Value = value
	}
	return out, nil
}

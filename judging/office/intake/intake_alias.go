package intake

import (
	"fayi/judging"
	"fayi/judging/sheet/table"
)

// isKnownUnit tells the word about a unit's other name from what is to be put right.
func isKnownUnit(p judging.Problem) bool { return p.Text == "import.known_unit" }

// useNames gives a row the names that its units go by since somebody made them one, and says so. It comes before the
// row is compared with works.
func (in *intakeJob) useNames(row *table.WorkRow) {
	w := row.Work
	for _, field := range []string{"unit", "sender"} {
		said := w.Field(field)
		if said == "" {
			continue
		}
		name := in.names.Of(said)
		if name == said {
			continue
		}
		next, err := w.With(field, name)
		if err != nil {
			continue
		}
		w = next
		row.Problems = append(row.Problems, judging.Problem{
			Place: w.Source, Text: "import.known_unit", Args: judging.Args{"Said": said, "Unit": name},
		})
	}
	row.Work = w
}

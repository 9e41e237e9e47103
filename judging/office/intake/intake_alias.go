package intake

import (
	"fayi/judging"
)

// useNames gives a row the names that its units go by since somebody made them one, and says so.
func (in *intakeJob) useNames(w judging.Work, out *RowReport) judging.Work {
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
		out.Problems = append(out.Problems, judging.Problem{
			Place: w.Source, Text: "import.known_unit", Args: judging.Args{"Said": said, "Unit": name},
		})
	}
	return w
}

package paper

import (
	"encoding/csv"
	"fmt"
	"io"

	"fayi/judging/text"
)

// WritePaperCSV writes a paper's table as CSV in UTF-8 with a mark by which Excel knows it: header and rows, no
// title, formulas left out. A text that a spreadsheet program would take for a formula gets an apostrophe before
// it. Errors: those of w.
func WritePaperCSV(w io.Writer, p Paper) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	row := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		row[i] = harmless(c.Head)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for _, cells := range p.Rows {
		for i, v := range cells {
			row[i] = ""
			switch v := v.(type) {
			case nil, Formula:
			case string:
				row[i] = harmless(v)
			default:
				row[i] = fmt.Sprint(v)
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet program from evaluating a text, and takes out what does not belong on paper.
func harmless(s string) string {
	return text.Guarded(plainText(s))
}

package main

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office/intake"
)

// diffFlags adds the flags by which parts of an import are chosen; the function returned reads them once they are parsed.
func (c *call) diffFlags(fs *flag.FlagSet, req *intake.ImportRequest) func() error {
	accept := fs.String("accept", "new,changed", "")
	only := fs.String("only", "", "")
	var withdraw many
	fs.Var(&withdraw, "withdraw", "")
	fs.StringVar(&req.Reason, "reason", c.text.T("import.gone_reason", nil), "")
	return func() error {
		for _, kind := range strings.Split(*accept, ",") {
			if !slices.Contains([]string{"new", "changed", ""}, kind) {
				return c.misused("")
			}
		}
		for kind, status := range map[string]judging.RowStatus{"new": judging.RowAccepted, "changed": judging.RowChanged} {
			if !slices.Contains(strings.Split(*accept, ","), kind) {
				req.Leave = append(req.Leave, status)
			}
		}
		for _, w := range withdraw {
			if w == "all" {
				w = string(intake.EveryGone)
			}
			req.Withdraw = append(req.Withdraw, judging.WorkID(w))
		}
		var err error
		req.Only, err = c.readPlaces(*only)
		return err
	}
}

// readPlaces reads rows: 4,7-9 of every sheet, 书法!4 of one, 汇总.xlsx!书法!4-6 of one file's.
func (c *call) readPlaces(list string) ([]judging.Place, error) {
	const most = 1 << 20
	var out []judging.Place
	for _, item := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '，' }) {
		parts := strings.Split(item, "!")
		at := judging.Place{}
		switch len(parts) {
		case 2:
			at.Sheet = parts[0]
		case 3:
			at.File, at.Sheet = parts[0], parts[1]
		}
		from, to, ranged := strings.Cut(parts[len(parts)-1], "-")
		if !ranged {
			to = from
		}
		a, err := strconv.Atoi(strings.TrimSpace(from))
		b, err2 := strconv.Atoi(strings.TrimSpace(to))
		if firstError(err, err2) != nil || len(parts) > 3 || a < 1 || b < a || b > most {
			return nil, c.misused("")
		}
		for at.Row = a; at.Row <= b; at.Row++ {
			out = append(out, at)
		}
	}
	return out, nil
}

// printDiff shows what changed field by field, and what is gone.
func (c *call) printDiff(r intake.ImportReport) {
	for _, row := range r.Rows {
		for _, change := range row.Changes {
			fmt.Fprintf(c.out, "~ %s!%d  %s  %s: %s → %s\n", row.Sheet, row.Row, row.Work, c.fieldName(change.Field), change.Old, change.New)
		}
	}
	for _, g := range r.Gone {
		key := "import.gone"
		if g.Withdrawn {
			key = "import.gone_withdrawn"
		}
		fmt.Fprintf(c.out, "- %s  %s  %s  %s\n", g.Work, g.Title, strings.Join(g.Authors, "、"), c.text.T(key, nil))
	}
}

// fieldNames are the fields of a change that the columns of a sheet call otherwise.
var fieldNames = map[string]string{"authors": "author", "teachers": "teacher"}

func (c *call) fieldName(field string) string {
	if name, ok := fieldNames[field]; ok {
		field = name
	}
	if name := c.text.T("field."+field, nil); name != "field."+field {
		return name
	}
	return field
}

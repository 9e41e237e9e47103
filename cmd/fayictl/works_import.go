package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/sheet/propose"
)

// importChoice declares the flags by which parts of an import are chosen; the function returned reads them once they
// are parsed.
func importChoice(cmd *command, req *intake.ImportRequest) func() error {
	accept := cmd.str("accept", "new,changed", "flag.accept_rows")
	only := cmd.str("only", "ROWS", "flag.only")
	cmd.yesVar(&req.MergeSame, "merge-same", "flag.merge_same")
	fill := cmd.many("fill", "FIELD=VALUE", "flag.fill")
	withdraw := cmd.many("withdraw", "W|all", "flag.withdraw")
	reason := cmd.str("reason", "REASON", "flag.reason_gone")
	return func() error {
		if req.Reason = *reason; !cmd.has("reason") {
			req.Reason = cmd.text.T("import.gone_reason", nil)
		}
		kinds := strings.Split(*accept, ",")
		for _, kind := range kinds {
			if !slices.Contains([]string{"new", "changed", ""}, kind) {
				return cmd.misused("cli.bad_choice", judging.Args{"Flag": "--accept", "Value": kind,
					"Choices": "new, changed"})
			}
		}
		if cmd.changed("accept") {
			if !slices.Contains(kinds, "new") {
				req.Leave = append(req.Leave, judging.RowAccepted)
			}
			if !slices.Contains(kinds, "changed") {
				req.Leave = append(req.Leave, judging.RowChanged)
			}
		}
		for _, w := range *withdraw {
			if w == "all" {
				w = string(intake.EveryGone)
			}
			req.Withdraw = append(req.Withdraw, judging.WorkID(w))
		}
		var err error
		if req.Fill, err = readFill(cmd, *fill); err != nil {
			return err
		}
		req.Only, err = readPlaces(cmd, *only)
		return err
	}
}

// readFill reads group=小学组, 书法!unit=第一小学, group=?: what rows get that say nothing themselves.
func readFill(cmd *command, list []string) (propose.Choices, error) {
	var out propose.Choices
	for _, item := range list {
		field, value, ok := strings.Cut(item, "=")
		if !ok {
			return nil, cmd.misused("cli.bad_pair", judging.Args{"Flag": "--fill", "Value": item})
		}
		c := propose.Choice{Value: value}
		if sheet, rest, any := strings.Cut(field, "!"); any {
			c.Sheet, field = sheet, rest
		}
		c.Field = judging.Tidy(field)
		for _, f := range propose.Fields {
			if c.Field == cmd.text.T("field."+f, nil) {
				c.Field = f
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// printProposals shows what rows that say nothing got, or may get, and from where.
func printProposals(pr *printer, list []propose.Proposal) {
	for _, p := range list {
		pr.say("cli.proposal", judging.Args{
			"Field": pr.text.T("field."+p.Field, nil), "Value": p.Value, "Rows": p.Rows,
			"Reason": pr.text.T("propose.from_"+string(p.From), judging.Args{"Words": p.Words}),
			"State":  pr.text.T("propose.state_"+string(p.State), judging.Args{"Given": p.Given}),
		})
	}
}

// readPlaces reads rows: 4,7-9 of every sheet, 书法!4 of one, 汇总.xlsx!书法!4-6 of one file's.
func readPlaces(cmd *command, list string) ([]judging.Place, error) {
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
			return nil, cmd.misused("cli.bad_rows", judging.Args{"Flag": "--only", "Value": item})
		}
		for at.Row = a; at.Row <= b; at.Row++ {
			out = append(out, at)
		}
	}
	return out, nil
}

// mostMappings is of how many tables the columns are listed.
const mostMappings = 12

// printDiff shows what changed field by field, and what is gone; of very many changes the fields and the first few.
func printDiff(pr *printer, r intake.ImportReport, all bool) {
	var lines, order []string
	counts := map[string]int{}
	for _, row := range r.Rows {
		for _, change := range row.Changes {
			name := fieldName(pr, change.Field)
			if counts[name]++; counts[name] == 1 {
				order = append(order, name)
			}
			lines = append(lines, fmt.Sprintf("~ %s!%d  %s  %s: %s → %s", row.Sheet, row.Row, row.Work, name,
				change.Old, change.New))
		}
	}
	if len(lines) > mostChanges {
		for i, name := range order {
			order[i] = fmt.Sprintf("%s %d", name, counts[name])
		}
		pr.say("cli.changed_fields", judging.Args{"Count": len(lines), "Fields": strings.Join(order, "、")})
	}
	pr.list(lines, all)
	var gone []string
	for _, g := range r.Gone {
		key := "import.gone"
		if g.Withdrawn {
			key = "import.gone_withdrawn"
		}
		gone = append(gone, fmt.Sprintf("- %s  %s  %s  %s", g.Work, g.Title, strings.Join(g.Authors, "、"),
			pr.text.T(key, nil)))
	}
	pr.list(gone, all)
}

// fieldNames are the fields of a change that the columns of a sheet call otherwise.
var fieldNames = map[string]string{"authors": "author", "teachers": "teacher"}

func fieldName(pr *printer, field string) string {
	if name, ok := fieldNames[field]; ok {
		field = name
	}
	if name := pr.text.T("field."+field, nil); name != "field."+field {
		return name
	}
	return field
}

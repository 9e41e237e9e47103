package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/sheet/propose"
)

// importChoice declares the flags by which parts of an import are chosen; the function returned reads them once they
// are parsed.
func importChoice(cmd *command.Command, req *intake.ImportRequest) func() error {
	accept := cmd.Str("accept", "new,changed", "flag.accept_rows")
	only := cmd.Str("only", "ROWS", "flag.only")
	cmd.YesVar(&req.MergeSame, "merge-same", "flag.merge_same")
	fill := cmd.Many("fill", "FIELD=VALUE", "flag.fill")
	withdraw := cmd.Many("withdraw", "W|all", "flag.withdraw")
	reason := cmd.Str("reason", "REASON", "flag.reason_gone")
	return func() error {
		if req.Reason = *reason; !cmd.Has("reason") {
			req.Reason = cmd.Text.T("import.gone_reason", nil)
		}
		kinds := strings.Split(*accept, ",")
		for _, kind := range kinds {
			if !slices.Contains([]string{"new", "changed", ""}, kind) {
				return cmd.Misused("cli.bad_choice", judging.Args{"Flag": "--accept", "Value": kind,
					"Choices": "new, changed"})
			}
		}
		if cmd.Changed("accept") {
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
func readFill(cmd *command.Command, list []string) (propose.Choices, error) {
	var out propose.Choices
	for _, item := range list {
		field, value, ok := strings.Cut(item, "=")
		if !ok {
			return nil, cmd.Misused("cli.bad_pair", judging.Args{"Flag": "--fill", "Value": item})
		}
		c := propose.Choice{Value: value}
		if sheet, rest, any := strings.Cut(field, "!"); any {
			c.Sheet, field = sheet, rest
		}
		c.Field = judging.Tidy(field)
		for _, f := range propose.Fields {
			if c.Field == cmd.Text.T("field."+f, nil) {
				c.Field = f
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// printProposals shows what rows that say nothing got, or may get, and from where.
func printProposals(pr *command.Printer, list []propose.Proposal) {
	for _, p := range list {
		pr.Say("cli.proposal", judging.Args{
			"Field": pr.Text.T("field."+p.Field, nil), "Value": p.Value, "Rows": p.Rows,
			"Reason": pr.Text.T("propose.from_"+string(p.From), judging.Args{"Words": p.Words}),
			"State":  pr.Text.T("propose.state_"+string(p.State), judging.Args{"Given": p.Given}),
		})
	}
}

// readPlaces reads rows: 4,7-9 of every sheet, 书法!4 of one, 汇总.xlsx!书法!4-6 of one file's.
func readPlaces(cmd *command.Command, list string) ([]judging.Place, error) {
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
		if command.FirstError(err, err2) != nil || len(parts) > 3 || a < 1 || b < a || b > most {
			return nil, cmd.Misused("cli.bad_rows", judging.Args{"Flag": "--only", "Value": item})
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
func printDiff(pr *command.Printer, r intake.ImportReport, all bool) {
	var lines, order []string
	counts := map[string]int{}
	for _, row := range r.Rows {
		for _, change := range row.Changes {
			name := pr.FieldName(change.Field)
			if counts[name]++; counts[name] == 1 {
				order = append(order, name)
			}
			lines = append(lines, fmt.Sprintf("~ %s!%d  %s  %s: %s → %s", row.Sheet, row.Row, row.Work, name,
				change.Old, change.New))
		}
	}
	if len(lines) > command.MostChanges {
		for i, name := range order {
			order[i] = fmt.Sprintf("%s %d", name, counts[name])
		}
		pr.Say("cli.changed_fields", judging.Args{"Count": len(lines), "Fields": strings.Join(order, "、")})
	}
	pr.List(lines, all)
	var gone []string
	for _, g := range r.Gone {
		key := "import.gone"
		if g.Withdrawn {
			key = "import.gone_withdrawn"
		}
		gone = append(gone, fmt.Sprintf("- %s  %s  %s  %s", g.Work, g.Title, strings.Join(g.Authors, "、"),
			pr.Text.T(key, nil)))
	}
	pr.List(gone, all)
}

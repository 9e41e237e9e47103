package table

import (
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/hints"
	office "fayi/judging/office/hints"
	"fayi/judging/sheet/score"
	"fayi/judging/stats"
)

// tableHints finds in the scores of a spreadsheet what a person should look at. Units of works and judges are columns
// of their own; when marks were changed a table does not know.
func tableHints(cmd *command.Command) command.Handler {
	cmd.Use("table hints SCORES", "table hints scores.csv")
	matrix := cmd.Yes("matrix", "flag.matrix")
	var full float64
	cmd.Float(&full, "full-marks", "N", "flag.full_marks")
	return func(c *command.Call, args []string) (command.Result, error) {
		if full < 0 {
			return command.Result{}, cmd.Misused("cli.too_small", judging.Args{"Flag": "--full-marks", "Least": 0})
		}
		t, err := readScores(c, args[0], *matrix)
		if err != nil {
			return command.Result{}, err
		}
		table := scoreTable(t)
		weigh(&table, t, stats.Hier)
		bar := c.Bar("table.ranking")
		r, err := stats.Rank(
			c.Ctx, table, stats.Hier, stats.Options{FullMarks: fullMarks(full, t), Progress: bar.Step},
		)
		bar.Done()
		if err != nil {
			return command.Result{}, named(err, t)
		}
		found := hintsOf(t, table, &r)
		return command.Answer(found, func(pr *command.Printer) {
			for _, h := range found {
				pr.Line("%s", pr.Text.T(h.Sentence(time.Time.String)))
			}
			if len(found) == 0 {
				pr.Say("hints.nothing", nil)
				return
			}
			pr.Say("hints.about", nil)
		})
	}
}

func hintsOf(t score.ScoreTable, table stats.Table, r *stats.Result) []office.Hint {
	works, judges := len(t.Works), len(t.Judges)
	units, lists := make([]string, works+judges), make([]string, works)
	n := office.Names{Called: func(j judging.JudgeID) string { return string(j) }}
	for _, w := range t.Works {
		n.Works = append(n.Works, judging.WorkID(w))
	}
	for _, j := range t.Judges {
		n.Judges = append(n.Judges, judging.JudgeID(j))
	}
	for _, row := range t.Rows {
		units[row.Work], lists[row.Work] = row.Unit, row.Category
		units[works+row.Judge] = row.JudgeUnit
	}
	numbers, called := office.UnitNumbers(units)
	list, _ := office.UnitNumbers(lists)
	n.Units = called
	return office.Found(
		hints.Round{Table: table, Fit: r, Unit: numbers[:works], Own: numbers[works:], List: list}, nil, n,
	)
}

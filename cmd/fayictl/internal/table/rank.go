package table

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/score"
	"fayi/judging/stats"
)

// TableCommands are the commands of the noun table, in the order of their work.
var TableCommands = []command.Declaration{tableRank, tableHints, tableAgree, tableDesign, tablePairs}

// rankJSON is the stable form of table rank. Works and judges are left out when they go to files.
type rankJSON struct {
	Method   stats.Method   `json:"method"`
	Scores   int            `json:"scores"`
	Weighted bool           `json:"weighted"` // whether declared confidence counts
	Works    []standJSON    `json:"works,omitempty"`
	Judges   []severityJSON `json:"judges,omitempty"`
	Advice   noteJSON       `json:"advice"`
	Warnings []noteJSON     `json:"warnings"`
}

type standJSON struct {
	Work   string   `json:"work"`
	Score  *float64 `json:"score"` // null without a score
	SE     float64  `json:"se"`
	Rank   int      `json:"rank"`
	RankLo int      `json:"rank_lo"`
	RankHi int      `json:"rank_hi"`
	N      int      `json:"n"`
}

type severityJSON struct {
	Judge       string  `json:"judge"`
	Severity    float64 `json:"severity"`
	Scale       float64 `json:"scale"`
	Noise       float64 `json:"noise"`
	Reliability float64 `json:"reliability"`
	N           int     `json:"n"`
}

// noteJSON is something to be known of a result, as a catalogue key and as text.
type noteJSON struct {
	Code   string   `json:"code"`
	Text   string   `json:"text"`
	Works  []string `json:"works,omitempty"`
	Judges []string `json:"judges,omitempty"`
}

// tableRank ranks the works of a spreadsheet. Without --method it is hier where stats.Advise finds correcting
// warranted, else mean. Declared confidence weighs the scores of confidence, hier1 and hier; --no-confidence leaves it
// out. The order of scores, where the table has it, tells hier of drift. Categories are not looked at: a table is one
// field of works.
func tableRank(cmd *command.Command) command.Handler {
	cmd.Use("table rank SCORES", "table rank scores.csv --method hier --out ranking.csv")
	matrix := cmd.Yes("matrix", "flag.matrix")
	method := cmd.Str("method", "mean|trimmed|zscore|additive|confidence|blup|pairwise|hier1|hier", "flag.method_table")
	out := cmd.Str("out", "FILE.csv", "flag.out")
	judgesOut := cmd.Str("judges-out", "FILE.csv", "flag.judges_out")
	var full float64
	cmd.Float(&full, "full-marks", "N", "flag.full_marks")
	plain := cmd.Yes("no-confidence", "flag.no_confidence")
	return func(c *command.Call, args []string) (command.Result, error) {
		if full < 0 {
			return command.Result{}, cmd.Misused("cli.too_small", judging.Args{"Flag": "--full-marks", "Least": 0})
		}
		if *method != "" && !slices.Contains(stats.Methods(), stats.Method(*method)) {
			return command.Result{}, judging.Fail(judging.Invalid, "stats.unknown_method",
				judging.Args{"Method": *method})
		}
		t, err := readScores(c, args[0], *matrix)
		if err != nil {
			return command.Result{}, err
		}
		table := scoreTable(t)
		advice, err := stats.Advise(table)
		if err != nil {
			return command.Result{}, err
		}
		m := methodFor(stats.Method(*method), advice)
		weighted := !*plain && weigh(&table, t, m)
		bar := c.Bar("table.ranking")
		r, err := stats.Rank(c.Ctx, table, m, stats.Options{FullMarks: fullMarks(full, t), Progress: bar.Step})
		bar.Done()
		if err != nil {
			return command.Result{}, named(err, t)
		}
		doc := rankJSON{Method: m, Scores: len(t.Rows), Weighted: weighted, Works: standings(t, r),
			Judges: profiles(t, r),
			Advice: note(c, advice.Text, advice.Args, nil, nil), Warnings: stated(c, r.Warnings, t)}
		if *judgesOut != "" {
			if err := command.Save(*judgesOut, func(w io.Writer) error {
				return writeJudges(w, doc.Judges)
			}); err != nil {
				return command.Result{}, err
			}
		}
		if *out != "" {
			if err := command.Save(*out, func(w io.Writer) error {
				return writeStandings(w, doc.Works)
			}); err != nil {
				return command.Result{}, err
			}
		}
		return answerRank(c, doc, *out, *judgesOut)
	}
}

// methodFor returns the method asked for; when none is, hier where correcting is warranted, else the mean.
func methodFor(asked stats.Method, advice stats.Advice) stats.Method {
	switch {
	case asked != "":
		return asked
	case advice.Correct:
		return stats.Hier
	}
	return stats.Mean
}

// fullMarks returns the scale that hier computes with: the one asked for, else 10 where no score is above 10, else
// 100.
func fullMarks(asked float64, t score.ScoreTable) float64 {
	if asked > 0 || slices.ContainsFunc(t.Rows, func(r score.ScoreRow) bool { return r.Score > 10 }) {
		return asked
	}
	return 10
}

// readScores reads a table of scores; rows that can't be right make it invalid, and all of them are reported.
func readScores(c *command.Call, path string, matrix bool) (score.ScoreTable, error) {
	t, problems, err := score.ReadScores(c.Ctx, path, filepath.Base(path), matrix)
	if err != nil {
		return t, err
	}
	c.Notes().Complain(problems, 50)
	c.Notes().Aside().Accounts([]ledger.Account{t.Account})
	wrong := 0
	for _, p := range problems {
		if p.Fatal {
			wrong++
		}
	}
	if wrong > 0 {
		return t, judging.Fail(judging.Invalid, "table.bad_rows", judging.Args{"File": t.File, "Rows": wrong})
	}
	return t, nil
}

func scoreTable(t score.ScoreTable) stats.Table {
	out := stats.Table{Works: len(t.Works), Judges: len(t.Judges), Scores: make([]stats.Score, len(t.Rows))}
	for i, r := range t.Rows {
		out.Scores[i] = stats.Score{Work: r.Work, Judge: r.Judge, Value: r.Score, Order: r.Order}
	}
	return out
}

// weigh gives the scores the weights of their declared confidence where method m is one that uses them here; false
// when there are none.
func weigh(table *stats.Table, t score.ScoreTable, m stats.Method) bool {
	if m != stats.Confidence && m != stats.Hier1 && m != stats.Hier {
		return false
	}
	declared := false
	for i, r := range t.Rows {
		table.Scores[i].Weight = stats.ConfidenceWeight(int(math.Round(r.Confidence)))
		declared = declared || r.Confidence > 0
	}
	return declared
}

// named puts the names of the table into an error that speaks of works and judges by number.
func named(err error, t score.ScoreTable) error {
	told, ok := err.(*judging.Error)
	if !ok {
		return err
	}
	if i, ok := told.Args["Work"].(int); ok && i < len(t.Works) {
		told.Args["Work"] = t.Works[i]
	}
	if i, ok := told.Args["Judge"].(int); ok && i < len(t.Judges) {
		told.Args["Judge"] = t.Judges[i]
	}
	return told
}

// standings lists the works best first, those without a score last.
func standings(t score.ScoreTable, r stats.Result) []standJSON {
	out := make([]standJSON, len(r.Works))
	for i, s := range r.Works {
		out[i] = standJSON{Work: t.Works[i], SE: s.SE, Rank: s.Rank, RankLo: s.RankLo, RankHi: s.RankHi, N: s.N}
		if s.N > 0 {
			out[i].Score = &r.Works[i].Value
		}
	}
	slices.SortStableFunc(out, func(a, b standJSON) int {
		return cmp.Or(cmp.Compare(min(b.N, 1), min(a.N, 1)), cmp.Compare(a.Rank, b.Rank))
	})
	return out
}

func profiles(t score.ScoreTable, r stats.Result) []severityJSON {
	out := make([]severityJSON, len(r.Judges))
	for i, p := range r.Judges {
		out[i] = severityJSON{t.Judges[i], p.Severity, p.Scale, p.Noise, p.Reliability, p.N}
	}
	return out
}

// note tells a catalogue text with the works and judges it concerns, numbered as given.
func note(c *command.Call, key string, args judging.Args, works, judges []string) noteJSON {
	return noteJSON{key, c.Text.T(key, args), works, judges}
}

func stated(c *command.Call, warnings []stats.Warning, t score.ScoreTable) []noteJSON {
	out := []noteJSON{}
	for _, w := range warnings {
		out = append(out, note(c, w.Text, w.Args, pick(t.Works, w.Works), pick(t.Judges, w.Judges)))
	}
	return out
}

func pick(names []string, at []int) (out []string) {
	for _, i := range at {
		out = append(out, names[i])
	}
	return out
}

func answerRank(c *command.Call, doc rankJSON, out, judgesOut string) (command.Result, error) {
	summary := doc
	if out != "" {
		summary.Works = nil
	}
	if judgesOut != "" {
		summary.Judges = nil
	}
	return command.Answer(summary, func(pr *command.Printer) {
		if out == "" {
			rows := [][]string{pr.Titles("table.col_", "work", "score", "se", "rank", "rank_range")}
			for _, s := range doc.Works {
				rows = append(rows, []string{s.Work, command.Decimal(s.Score), fmt.Sprintf("%.3f", s.SE),
					fmt.Sprint(s.Rank),
					fmt.Sprintf("%d–%d", s.RankLo, s.RankHi)})
			}
			pr.Table(rows)
		}
		pr.Say("table.ranked", judging.Args{"Works": len(doc.Works), "Judges": len(doc.Judges), "Scores": doc.Scores,
			"Method": pr.Text.T("analysis.method_"+string(doc.Method), nil)})
		if doc.Weighted {
			pr.Say("table.weighted", nil)
		}
		for _, path := range []string{out, judgesOut} {
			if path != "" {
				pr.Say("cli.written", judging.Args{"Path": path})
			}
		}
		tell(pr, doc.Advice, doc.Warnings)
	})
}

// tell prints advice and warnings on stderr, so that a redirected result stays clean.
func tell(pr *command.Printer, advice noteJSON, warnings []noteJSON) {
	pr.Aside().Line("%s", advice.Text)
	for _, w := range warnings {
		pr.Aside().Line("%s", w.Text)
	}
}

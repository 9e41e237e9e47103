package table

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/stats"
)

// agreeJSON is the stable form of table agree. Kendall's W is null where the table has gaps; icc is empty there.
type agreeJSON struct {
	Works       int                   `json:"works"`
	Judges      int                   `json:"judges"`
	Scores      int                   `json:"scores"`
	ICC         map[string]float64    `json:"icc"`
	ICCInterval map[string][2]float64 `json:"icc_ci"`
	Alpha       map[string]float64    `json:"alpha"`
	KendallW    *float64              `json:"kendall_w"`
	KendallChi2 *float64              `json:"kendall_chi2"`
	KendallP    *float64              `json:"kendall_p"`
	Variance    varianceJSON          `json:"variance"`
	Single      float64               `json:"reliability_single"`
	Average     float64               `json:"reliability_mean"` // of the mean of a work's scores
	Components  int                   `json:"components"`
	AEfficiency float64               `json:"a_efficiency"`
	Warnings    []noteJSON            `json:"warnings"`
}

type varianceJSON struct {
	Work      float64 `json:"work"`
	Judge     float64 `json:"judge"`
	Residual  float64 `json:"residual"`
	Mean      float64 `json:"mean"`
	Criterion float64 `json:"criterion"`
}

func tableAgree(cmd *command.Command) command.Handler {
	cmd.Use("table agree SCORES", "table agree scores.csv")
	matrix := cmd.Yes("matrix", "flag.matrix")
	return func(c *command.Call, args []string) (command.Result, error) {
		t, err := readScores(c, args[0], *matrix)
		if err != nil {
			return command.Result{}, err
		}
		a, err := stats.Agree(c.Ctx, scoreTable(t))
		if err != nil {
			return command.Result{}, named(err, t)
		}
		doc := agreementJSON(a, len(t.Works), len(t.Judges), len(t.Rows))
		doc.Warnings = stated(c, a.Warnings, t)
		return command.Answer(doc, func(pr *command.Printer) { printAgreement(pr, doc, a) })
	}
}

func agreementJSON(a stats.Agreement, works, judges, scores int) agreeJSON {
	doc := agreeJSON{Works: works, Judges: judges, Scores: scores, ICC: map[string]float64{},
		ICCInterval: map[string][2]float64{},
		Alpha: map[string]float64{"nominal": a.Alpha.Nominal, "ordinal": a.Alpha.Ordinal,
			"interval": a.Alpha.Interval, "ratio": a.Alpha.Ratio},
		Variance: varianceJSON{a.Variance.Work, a.Variance.Judge, a.Variance.Residual, a.Variance.Mean,
			a.Variance.Criterion},
		Single: a.Variance.Single(), Components: a.Design.Components, AEfficiency: a.Design.AEfficiency}
	if works > 0 {
		doc.Average = a.Variance.Average(max(1, (scores+works/2)/works))
	}
	for _, icc := range a.ICC {
		form := strings.Replace(icc.Form, "k", strconv.Itoa(judges), 1)
		doc.ICC[form], doc.ICCInterval[form] = icc.Value, [2]float64{icc.Lo, icc.Hi}
	}
	if a.Kendall.Works > 0 {
		doc.KendallW, doc.KendallChi2, doc.KendallP = &a.Kendall.W, &a.Kendall.Chi2, &a.Kendall.P
	}
	return doc
}

func printAgreement(pr *command.Printer, doc agreeJSON, a stats.Agreement) {
	pr.Say("table.agree_size", judging.Args{"Works": doc.Works, "Judges": doc.Judges, "Scores": doc.Scores})
	for _, icc := range a.ICC {
		form := strings.Replace(icc.Form, "k", strconv.Itoa(doc.Judges), 1)
		pr.Line("ICC(%s)  %.4f  [%.4f, %.4f]", form, icc.Value, icc.Lo, icc.Hi)
	}
	pr.Say("table.agree_alpha", judging.Args{"Nominal": fmt.Sprintf("%.4f", a.Alpha.Nominal),
		"Ordinal":  fmt.Sprintf("%.4f", a.Alpha.Ordinal),
		"Interval": fmt.Sprintf("%.4f", a.Alpha.Interval), "Ratio": fmt.Sprintf("%.4f", a.Alpha.Ratio)})
	if a.Kendall.Works > 0 {
		pr.Say("table.agree_kendall", judging.Args{"W": fmt.Sprintf("%.4f", a.Kendall.W),
			"Chi": fmt.Sprintf("%.3f", a.Kendall.Chi2), "P": fmt.Sprintf("%.4f", a.Kendall.P)})
	}
	pr.Say("table.agree_variance", judging.Args{"Work": fmt.Sprintf("%.4f", doc.Variance.Work),
		"Judge":    fmt.Sprintf("%.4f", doc.Variance.Judge),
		"Residual": fmt.Sprintf("%.4f", doc.Variance.Residual)})
	pr.Say("table.agree_reliability", judging.Args{"Single": fmt.Sprintf("%.3f", doc.Single),
		"Mean": fmt.Sprintf("%.3f", doc.Average)})
	pr.Say("table.agree_design", judging.Args{"Components": doc.Components,
		"Efficiency": fmt.Sprintf("%.3f", doc.AEfficiency)})
	for _, w := range doc.Warnings {
		pr.Aside().Line("%s", w.Text)
	}
}

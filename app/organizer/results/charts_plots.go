package results

import (
	"fmt"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/chart"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/results"
)

func meanOf(values []float64) float64 {
	var sum float64
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(len(values), 1))
}

// scorePlot counts all scores of a category.
func scorePlot(t kit.Texter, s results.ScoreSpread) chart.Plot {
	mean := meanOf(s.Scores)
	return chart.Histogram{
		Title: s.Category, Note: t.T("charts.count", judging.Args{"N": len(s.Scores)}),
		Across: t.T("charts.across", nil), Up: t.T("charts.up", nil),
		Values: s.Scores,
		Bands:  chart.BandsOf(s.Scores),
		Line:   chart.ScaleLine{At: mean, Text: t.T("charts.mean", judging.Args{"Mean": judging.Decimal(mean, 1)})},
	}
}

// judgePlots count the scores of each judge in the same bands, on the same scale.
func judgePlots(t kit.Texter, s results.ScoreSpread) []chart.Plot {
	bands, most := chart.BandsOf(s.Scores), 0
	for _, j := range s.Judges {
		for _, n := range bands.Counts(j.Scores) {
			most = max(most, n)
		}
	}
	var out []chart.Plot
	for _, j := range s.Judges {
		out = append(out, chart.Histogram{
			Title: j.Name,
			Note: t.T("charts.judge_note", judging.Args{
				"N": len(j.Scores), "Mean": judging.Decimal(meanOf(j.Scores), 1),
			}),
			Values: j.Scores,
			Bands:  bands,
			Most:   most,
		})
	}
	return out
}

// severityPlot shows how lenient or severe each judge is.
func severityPlot(t kit.Texter, rows []results.JudgeReport) chart.Plot {
	out := chart.SpanRows{Scale: severityScale(t, rows)}
	for _, r := range rows {
		out.Rows = append(out.Rows, chart.SpanRow{
			Label: r.Name, Text: withError(r.Severity, r.SE),
			Span: severitySpan(r),
		})
	}
	return out
}

// placePlots show between which places each work of a category may belong: the lists of its groups one below the
// other.
func placePlots(lists []fairnessList, category string) []chart.Plot {
	var out []chart.Plot
	for _, l := range lists {
		if l.Category != category {
			continue
		}
		rows := chart.SpanRows{Title: l.name, Scale: l.scale()}
		for _, r := range l.rows {
			if r.Place > 0 {
				rows.Rows = append(rows.Rows, chart.SpanRow{
					Label: strings.Join([]string{page.PlaceNumber(r.Place).Text, string(r.Code), r.Title}, "  "),
					Text:  fmt.Sprintf("%d–%d", r.PlaceLo, r.PlaceHi),
					Span:  r.span(l.ListAnalysis),
				})
			}
		}
		out = append(out, rows)
	}
	return out
}

// agreementPlots show how far judges agree; what the scores don't show is left out.
func agreementPlots(t kit.Texter, a results.Concordance) []chart.Plot {
	two := func(v float64) string { return judging.Decimal(v, 2) }
	tone := func(v float64) look.Tone {
		switch {
		case v >= 0.7:
			return look.Done
		case v < 0.4:
			return look.Waiting
		}
		return look.Info
	}
	panel := func(v float64) float64 { return v * a.Scores / (1 + v*(a.Scores-1)) }
	span := func(v, low, high float64) string {
		return t.T("charts.range", judging.Args{"Value": two(v), "Low": two(low), "High": two(high)})
	}
	var out []chart.Plot
	if a.ICCHigh > a.ICCLow {
		out = append(out, chart.Gauge{
			Title: t.T("charts.icc_one", nil), Text: span(a.ICC, a.ICCLow, a.ICCHigh), Value: a.ICC, Low: a.ICCLow,
			High: a.ICCHigh, Tone: tone(a.ICC),
		})
		low := panel(max(a.ICCLow, 0))
		out = append(out, chart.Gauge{
			Title: t.T("charts.icc_panel", judging.Args{"N": fmt.Sprintf("%.3g", a.Scores)}),
			Text:  span(a.Panel, low, panel(a.ICCHigh)),
			Value: a.Panel,
			Low:   low,
			High:  panel(a.ICCHigh),
			Tone:  tone(a.Panel),
		})
	}
	if a.Works > 0 {
		out = append(out, chart.Gauge{
			Title: t.T("charts.kendall", judging.Args{"Works": a.Works}), Text: two(a.KendallW), Value: a.KendallW,
			Tone: tone(a.KendallW),
		})
	}
	return append(out, chart.Gauge{
		Title: t.T("charts.alpha", nil), Text: two(a.Alpha), Value: a.Alpha, Tone: tone(a.Alpha),
	})
}

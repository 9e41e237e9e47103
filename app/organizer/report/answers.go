package report

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/report"
)

// onAnswers reads a superior's award list and shows what became of every row of it.
func (p *batchesPage) onAnswers() { p.sh.OpenFile(filetype.TableEndings, p.readAnswers) }

func (p *batchesPage) readAnswers(path string) {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (report.AnswerReport, error) {
			return p.office.ImportAnswers(ctx, path, p.level)
		},
		func(r report.AnswerReport) {
			p.sh.Reload()
			p.showAnswers(r)
		},
	)
}

// showAnswers says what a list brought; the works that were not reported from here, and what is wrong with rows, are
// listed by row.
func (p *batchesPage) showAnswers(r report.AnswerReport) {
	content := lay.Stack(lay.Gap8, lay.Blank(look.Em(42), 0))
	if line := page.AccountLine(p.sh, "account.answers", r.Sheets); line != "" {
		content.Add(look.NewPara(line, look.Body, look.Plain, 40).Fluid())
	}
	if lines := page.ProblemLines(p.sh, answerProblems(r)); len(lines) > 0 {
		list := page.NewProblems(p.sh, func() []table.ProblemLine { return lines })
		list.SetLines(lines)
		content.Add(container.NewStack(lay.Blank(look.Em(42), look.Em(14)), fyne.CanvasObject(list)))
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("batches.answers_title", nil),
		Text: p.sh.T("batch.answers_read", judging.Args{
			"Rows": r.Rows, "Matched": r.Matched, "Changed": len(r.Changed), "Unmatched": len(r.Unmatched),
		}),
		Content: content,
	})
}

// answerProblems are those of the list, then the rows of works that were not reported from here.
func answerProblems(r report.AnswerReport) []judging.Problem {
	out := append([]judging.Problem(nil), r.Problems...)
	for _, at := range r.Unmatched {
		out = append(out, judging.Problem{Place: at, Text: "batch.answer_unmatched"})
	}
	return out
}

package report

import (
	"context"
	"path/filepath"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/report"
)

// onPack asks where to, then packs what is ticked.
func (p *batchesPage) onPack() {
	chosen := p.chosen()
	if len(chosen) == 0 {
		p.sh.Tell(kit.Notice{Tone: kit.Info, Text: p.sh.T("batches.tick_some", nil)})
		return
	}
	for _, r := range roomsOf(p.data.plan, chosen) {
		if r.Over() {
			p.sh.Tell(kit.Notice{
				Tone: kit.Problem,
				Text: p.sh.T("batch.over_quota", judging.Args{
					"Category": r.Category, "Quota": r.Quota, "Wanted": r.Reported + r.Chosen,
				}),
			})
			return
		}
	}
	p.sh.OpenFolder(func(dir string) {
		req := report.BatchRequest{
			To: p.level,
			Dir: filepath.Join(
				dir,
				page.FileName(
					p.data.Name+
						p.sh.T("batches.folder", judging.Args{
							"Level": p.sh.T("batch.level_"+string(p.level), nil), "N": p.data.plan.Number,
						}),
				),
			),
		}
		for _, r := range chosen {
			req.Works = append(req.Works, r.Work)
		}
		kit.Fetch(
			p.sh, p.sh.T("batch.packing", nil),
			func(ctx context.Context, progress kit.Progress) (report.BatchReport, error) {
				return p.office.PackBatch(ctx, req, p.sh.T, progress)
			},
			p.packed,
		)
	})
}

func (p *batchesPage) packed(r report.BatchReport) {
	p.sh.Reload()
	text := p.sh.T("batches.packed", judging.Args{"N": r.Number, "Works": len(r.Works), "Files": r.Files})
	if len(r.Left) > 0 {
		text += p.sh.T("batches.left", judging.Args{"N": len(r.Left)})
	}
	p.sh.Tell(kit.Notice{
		Tone: kit.Done, Text: text, Action: p.sh.T("app.show_folder", nil), Do: func() { page.OpenFile(p.sh, r.Dir) },
	})
}

// onAnswers reads a superior's award list.
func (p *batchesPage) onAnswers() {
	p.sh.OpenFile([]string{".xlsx", ".xls", ".csv"}, func(path string) {
		kit.Fetch(
			p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (report.AnswerReport, error) {
				return p.office.ImportAnswers(ctx, path, p.level)
			},
			func(r report.AnswerReport) {
				p.sh.Reload()
				p.sh.Tell(kit.Notice{
					Tone: kit.Done,
					Text: p.sh.T("batch.answers_read", judging.Args{
						"Rows": r.Rows, "Matched": r.Matched, "Changed": len(r.Changed), "Unmatched": len(r.Unmatched),
					}),
				})
			},
		)
	})
}

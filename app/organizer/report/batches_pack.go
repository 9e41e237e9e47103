package report

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/report"
)

// onPack asks where to, shows what the batch will hold, then packs what is ticked.
func (p *batchesPage) onPack() {
	chosen := p.chosen()
	onlyCorrections := len(p.data.plan.Corrections) > 0 && !p.proposes()
	if len(chosen) == 0 && !onlyCorrections {
		key := "batches.tick_some"
		if p.data.Granted == 0 {
			key = "batches.empty" // there is nothing to tick
		}
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T(key, nil)})
		return
	}
	for _, r := range roomsOf(p.data.plan, chosen) {
		if r.Over() {
			p.sh.Tell(kit.Notice{
				Tone: look.Problem,
				Text: p.sh.T("batch.over_quota", judging.Args{
					"Category": r.Category, "Quota": r.Quota, "Wanted": r.Reported + r.Chosen,
				}),
			})
			return
		}
	}
	p.sh.SaveIn(func(dir string) {
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
		p.askPack(req, chosen)
	})
}

// proposes reports whether the plan still finds works to report.
func (p *batchesPage) proposes() bool {
	return slices.ContainsFunc(p.data.plan.Works, func(w report.BatchWork) bool { return w.Chosen })
}

// askPack sums up the batch: how many works of which award, without files, with which corrections, and where to.
func (p *batchesPage) askPack(req report.BatchRequest, chosen []batchRow) {
	files, bare := 0, 0
	counts := map[string]int{}
	var awards []string
	for _, r := range chosen {
		files += r.Files
		if r.Files == 0 {
			bare++
		}
		if counts[r.Honours]++; counts[r.Honours] == 1 {
			awards = append(awards, r.Honours)
		}
	}
	for i, a := range awards {
		awards[i] = p.sh.T("batches.sum_award", judging.Args{"Award": a, "N": counts[a]})
	}
	lines := []string{p.sh.T("batches.sum", judging.Args{
		"N": p.data.plan.Number, "To": p.superior(), "Works": len(chosen), "Files": files,
	})}
	if len(awards) > 0 {
		lines = append(lines, strings.Join(awards, p.sh.T("kit.comma", nil)))
	}
	if bare > 0 {
		lines = append(lines, p.sh.T("batches.sum_bare", judging.Args{"N": bare}))
	}
	if c := correctionLines(p.sh, p.data.plan.Corrections); c != "" {
		lines = append(lines, c)
	}
	lines = append(lines, p.sh.T("batches.sum_dir", judging.Args{"Dir": req.Dir}))
	p.sh.Ask(kit.Question{
		Title: p.sh.T("batches.sum_title", nil), Text: strings.Join(lines, "\n"),
		Action: p.sh.T("batches.sum_act", nil),
		Do:     func() error { p.pack(req); return nil },
	})
}

// pack packs what was summed up.
func (p *batchesPage) pack(req report.BatchRequest) {
	kit.Fetch(
		p.sh, p.sh.T("batch.packing", nil),
		func(ctx context.Context, progress kit.Progress) (report.BatchReport, error) {
			return p.office.PackBatch(ctx, req, p.sh.T, progress)
		},
		p.packed,
	)
}

func (p *batchesPage) packed(r report.BatchReport) {
	p.sh.Reload()
	text := p.sh.T("batches.packed", judging.Args{"N": r.Number, "Works": len(r.Works), "Files": r.Files})
	if len(r.Corrections) > 0 {
		text += p.sh.T("batches.packed_corrections", judging.Args{"N": len(r.Corrections)})
	}
	if len(r.Left) > 0 {
		text += p.sh.T("batches.left", judging.Args{"N": len(r.Left)})
	}
	p.sh.Tell(kit.Notice{
		Tone: look.Done, Text: text, Action: p.sh.T("app.show_folder", nil), Do: func() { page.OpenFile(p.sh, r.Dir) },
	})
}

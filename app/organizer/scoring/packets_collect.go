package scoring

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
)

func (p *packetsPage) onCollect() {
	p.sh.OpenFile([]string{replyEnding}, func(path string) { p.collect([]string{path}) })
}

// Dropped collects the replies dropped.
func (p *packetsPage) Dropped(paths []string) { p.collect(paths) }

// reply is what became of one file.
type reply struct {
	file   string
	report packets.ReplyReport
	err    error
}

// collect takes all replies in; one that is refused doesn't keep the others out.
func (p *packetsPage) collect(paths []string) {
	kit.Fetch(p.sh, p.sh.T("app.collecting", nil), func(ctx context.Context, progress kit.Progress) ([]reply, error) {
		var out []reply
		files := replyFiles(paths)
		for i, path := range files {
			r, err := p.office.CollectReply(ctx, path, scoring.TakeNone)
			out = append(out, reply{filepath.Base(path), r, err})
			progress(i+1, len(files))
			if ctx.Err() != nil {
				break
			}
		}
		return out, nil
	}, func(got []reply) {
		p.lines = replyLines(p.sh, got)
		p.sh.Tell(replyNotice(p.sh, got))
		p.Load()
	})
}

// replyFiles lists the replies among paths; a folder stands for those directly in it.
func replyFiles(paths []string) []string {
	var out []string
	for _, path := range paths {
		entries, err := os.ReadDir(path)
		if err != nil {
			out = append(out, path)
		}
		for _, e := range entries {
			if strings.EqualFold(filepath.Ext(e.Name()), replyEnding) && !strings.HasPrefix(e.Name(), ".") {
				out = append(out, filepath.Join(path, e.Name()))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// replyLines says what was not taken, whole files first.
func replyLines(t kit.Texter, all []reply) []table.ProblemLine {
	var files, scores []table.ProblemLine
	for _, r := range all {
		if r.err != nil {
			files = append(files, table.ProblemLine{
				Kind: t.T("app.collect_refused", nil), Place: r.file, Text: t.Err(r.err), Tone: look.Problem,
			})
		}
		for _, f := range r.report.Refused {
			scores = append(scores, table.ProblemLine{
				Kind: t.T("packets.not_merged", nil), Place: r.report.Name, Text: t.T(f.Text, f.Args),
				Tone: look.Waiting,
			})
		}
		for _, code := range r.report.Unseen {
			scores = append(scores, table.ProblemLine{
				Kind: t.T("packets.unseen", nil), Place: r.report.Name,
				Text: t.T("packet.unseen_one", judging.Args{"Work": code}), Tone: look.Waiting,
			})
		}
		if n := r.report.Lost; n > 0 {
			scores = append(scores, table.ProblemLine{
				Kind: t.T("packets.not_merged", nil), Place: r.report.Name,
				Text: t.T("packet.lost", judging.Args{"Count": n}), Tone: look.Problem,
			})
		}
	}
	return append(files, scores...)
}

// replyNotice counts what replies brought.
func replyNotice(t kit.Texter, all []reply) kit.Notice {
	files, changed, clashes := 0, 0, 0
	for _, r := range all {
		if r.err == nil {
			files++
		}
		changed, clashes = changed+len(r.report.Changed), clashes+len(r.report.Clashes)
	}
	tone := look.Done
	if files < len(all) || clashes > 0 || len(all) == 0 {
		tone = look.Waiting
	}
	return kit.Notice{
		Tone: tone,
		Text: t.T("packets.taken", judging.Args{
			"Files": files, "All": len(all), "Changed": changed, "Clashes": clashes,
		}),
	}
}

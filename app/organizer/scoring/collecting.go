package scoring

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fayi/app/kit"
)

func (p *progressPage) onCollect() {
	p.sh.OpenFile([]string{".xlsx"}, func(path string) { p.collect([]string{path}) })
}

func (p *progressPage) onCollectFolder() {
	p.sh.OpenFolder(func(dir string) { p.collect([]string{dir}) })
}

// Dropped collects the sheets dropped.
func (p *progressPage) Dropped(paths []string) { p.collect(paths) }

// collect reads all sheets; one that is refused doesn't keep the others out.
func (p *progressPage) collect(paths []string) {
	kit.Fetch(
		p.sh, p.sh.T("app.collecting", nil), func(ctx context.Context, progress kit.Progress) ([]collected, error) {
			var out []collected
			files := sheetFiles(paths)
			for i, path := range files {
				r, err := p.office.CollectScores(ctx, path)
				out = append(out, collected{filepath.Base(path), r, err})
				progress(i+1, len(files))
				if ctx.Err() != nil {
					break // what was collected stays collected: it must be shown
				}
			}
			return out, nil
		},
		p.onCollected,
	)
}

func (p *progressPage) onCollected(got []collected) {
	if len(got) == 0 {
		p.sh.Tell(kit.Notice{Tone: kit.Waiting, Text: p.sh.T("app.collect_none", nil)})
		return
	}
	p.collected = got
	p.sh.Tell(kit.Notice{Tone: kit.Info, Text: collectText(p.sh, got)})
	p.Load()
}

// sheetFiles lists the workbooks among paths; a folder stands for those directly in it. Hidden files and those an
// office program holds open are left out.
func sheetFiles(paths []string) []string {
	var out []string
	for _, path := range paths {
		entries, err := os.ReadDir(path)
		if err != nil {
			out = append(out, path)
			continue
		}
		for _, e := range entries {
			name := e.Name()
			if strings.EqualFold(filepath.Ext(name), ".xlsx") && !strings.HasPrefix(name, "~$") &&
				!strings.HasPrefix(name, ".") {
				out = append(out, filepath.Join(path, name))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

package settings

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store/mirror"
)

// prefSecond and the contest's folder name what is remembered of its second folder.
const prefSecond = "second:"

// second is what is remembered of a contest's second folder.
type second struct {
	Parent string    `json:"parent"` // the folder that it lies in; "" if there is none
	At     time.Time `json:"at"`     // when it was last brought up to date; zero: never
}

func (s *Settings) second() (at second) {
	// A setting that can't be read is as good as none.
	_ = json.Unmarshal([]byte(s.host.Kept(prefSecond+s.host.Office().Dir())), &at)
	return at
}

func (s *Settings) keepSecond(at second) {
	if data, err := json.Marshal(at); err == nil {
		s.host.Keep(prefSecond+s.host.Office().Dir(), string(data))
	}
}

// elsewhere is where the contest as a whole is kept besides its own folder: a second folder, one file.
func (p *settingsPage) elsewhere() fyne.CanvasObject {
	at := p.s.second()
	state, tone := p.sh.T("settings.second_none", nil), look.Waiting
	choose := button.New(p.sh.T("settings.second_choose", nil), p.onSecond)
	acts := []fyne.CanvasObject{choose}
	verify := choice.NewCheck(p.sh.T("settings.second_verify", nil), nil)
	if at.Parent != "" {
		update := button.New(p.sh.T("settings.second_update", nil), func() { p.mirror(at.Parent, verify.Checked) })
		choose = button.NewPlain(p.sh.T("settings.second_other", nil), p.onSecond)
		acts = []fyne.CanvasObject{update, verify, choose}
		state, tone = p.sh.T("settings.second_never", judging.Args{"Path": at.Parent}), look.Waiting
	}
	if !at.At.IsZero() {
		when := kit.DateTime(p.sh, at.At.Local())
		state, tone = p.sh.T("settings.second_at", judging.Args{"Path": at.Parent, "When": when}), look.Quiet
	}
	return lay.Stack(lay.Gap8,
		p.line("settings.second", lay.Row(lay.Gap8, acts...)),
		container.NewBorder(
			nil, nil, p.line("", lay.Blank(0, 0)), nil, look.NewPara(state, look.Note, tone, 40).Fluid(),
		),
		p.line("", lay.Row(lay.Gap8, button.NewPlain(p.sh.T("settings.heal", nil), p.onHeal))),
		p.line("settings.archive", lay.Stack(
			lay.Gap4, lay.Row(0, button.New(p.sh.T("settings.archive_do", nil), p.onArchive)),
			look.NewText(p.sh.T("settings.archive_about", nil), look.Note, look.Quiet),
		)))
}

// onSecond chooses where the second folder lies and fills it at once.
func (p *settingsPage) onSecond() {
	p.sh.SaveIn(func(parent string) { p.mirror(parent, false) })
}

// mirrored is what was done to a second folder, with the names of damaged files.
type mirrored struct {
	mirror.Report
	names []string
}

// mirror brings the second folder below parent up to date. One that this contest must not replace is not remembered.
func (p *settingsPage) mirror(parent string, verify bool) {
	o := p.s.host.Office()
	kit.Fetch(p.sh, p.sh.T("mirror.copying", nil), func(ctx context.Context, pr kit.Progress) (m mirrored, err error) {
		if m.Report, err = o.Copies().Mirror(ctx, parent, verify, mirror.Progress(pr)); err == nil {
			m.names, err = p.s.namesOf(ctx, o, m.Damaged)
		}
		return m, err
	}, func(m mirrored) {
		p.s.keepSecond(second{Parent: parent, At: p.s.host.Now()})
		p.Load()
		p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("mirror.copied", judging.Args{
			"Path": m.Dir, "Copied": m.Copied, "MB": megabytes(m.Bytes), "Kept": m.Kept, "Repaired": len(m.Repaired),
		})})
		if n := len(m.Damaged); n > 0 {
			p.s.showDamaged(p.sh.T("settings.second_damaged", judging.Args{"Count": n}), m.names)
		}
	})
}

// onHeal puts files back that are damaged or gone here: from the second folder, or from one that is chosen.
func (p *settingsPage) onHeal() {
	at := p.s.second()
	if at.Parent == "" {
		p.sh.OpenFolder(p.heal)
		return
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("settings.heal_title", nil), Action: p.sh.T("settings.heal_do", nil),
		Text: p.sh.T("settings.heal_text", judging.Args{"Path": at.Parent}),
		Content: lay.Row(0, button.NewPlain(p.sh.T("settings.heal_other", nil), func() {
			p.sh.OpenFolder(p.heal)
		})),
		Do: func() error { p.heal(at.Parent); return nil },
	})
}

// heal puts files back from dir, the second folder itself or the one that it lies in.
func (p *settingsPage) heal(dir string) {
	o := p.s.host.Office()
	below := filepath.Join(dir, filepath.Base(o.Dir()))
	kit.Fetch(p.sh, p.sh.T("mirror.healing", nil), func(ctx context.Context, pr kit.Progress) (m mirrored, err error) {
		from := dir
		if info, err := os.Stat(filepath.Join(below, "media")); err == nil && info.IsDir() {
			from = below
		}
		if m.Report, err = o.Copies().Heal(ctx, from, mirror.Progress(pr)); err == nil {
			m.names, err = p.s.namesOf(ctx, o, m.Damaged)
		}
		return m, err
	}, func(m mirrored) {
		text := p.sh.T("mirror.healed", judging.Args{"Count": len(m.Repaired)})
		if len(m.Repaired)+len(m.Damaged) == 0 {
			text = p.sh.T("settings.heal_whole", nil)
		}
		p.sh.Tell(kit.Notice{Tone: look.Done, Text: text})
		if n := len(m.Damaged); n > 0 {
			p.s.showDamaged(p.sh.T("mirror.not_healed", judging.Args{"Count": n}), m.names)
		}
	})
}

// namesOf returns what people call the files with these sums: the work's code and title, and the file's name.
func (s *Settings) namesOf(ctx context.Context, o *office.Office, sums []string) ([]string, error) {
	if len(sums) == 0 {
		return nil, nil
	}
	named := map[string]bool{} // by sum, true once it is in out
	for _, sum := range sums {
		named[sum] = false
	}
	works, err := o.Works(ctx, office.WorkFilter{})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, w := range works {
		for _, f := range w.Files {
			if _, is := named[f.Sum]; is {
				named[f.Sum] = true
				out = append(out, s.host.T("settings.damaged_file", judging.Args{
					"Code": w.Code, "Title": w.Title, "File": f.Name,
				}))
			}
		}
	}
	maps.DeleteFunc(named, func(_ string, done bool) bool { return done })
	if len(named) > 0 { // judges' copies, and files that no work has yet
		out = append(out, s.host.T("settings.damaged_rest", judging.Args{"Count": len(named)}))
	}
	return out, nil
}

// showDamaged names files that are damaged, until it is closed.
func (s *Settings) showDamaged(text string, names []string) {
	list := lay.Stack(lay.Gap4)
	for _, name := range names {
		list.Add(look.NewPara(name, look.Body, look.Plain, 34))
	}
	s.host.Ask(kit.Question{
		Title: s.host.T("settings.damaged", nil), Text: text, Content: list, Action: s.host.T("kit.close", nil),
	})
}

// megabytes rounds up, so that something is never said to be nothing.
func megabytes(bytes int64) int64 { return (bytes + 1<<20 - 1) >> 20 }

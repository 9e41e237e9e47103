package organizer

import (
	"context"
	"path/filepath"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office"
)

// onAgainst asks for what is printed on a paper, or for a file, with which the journal is to be compared.
func (p *historyPage) onAgainst() {
	mark := field.NewText(
		p.sh, p.sh.T("history.mark", nil), p.sh.T("history.mark_help", nil), field.TextRule{Required: true, Limit: 400},
	)
	choose := button.New(p.sh.T("history.mark_file", nil), func() { p.sh.OpenFile(office.Marked, mark.SetText) })
	form := field.NewForm(mark)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("history.against_title", nil), Text: p.sh.T("history.against_text", nil),
		Content: lay.Stack(lay.Gap8, form, lay.Row(0, choose)), Action: p.sh.T("history.against_do", nil),
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			p.check(mark.Text(), "")
			return nil
		},
	})
}

// check looks whether each entry still follows the one before it and each record and file is as it was written, and
// whether the journal goes on from what it is compared with: the mark of a paper or the path of a file, "" for neither.
// phrase opens that file.
func (p *historyPage) check(against, phrase string) {
	var c office.CheckReport
	p.sh.Run(p.sh.T("history.checking", nil), func(ctx context.Context, progress kit.Progress) (err error) {
		c, err = p.office.CheckContest(office.WithPhrase(ctx, phrase), against, progress)
		return err
	}, func(err error) {
		switch {
		case office.WantsPhrase(err):
			p.askPhrase(against, err)
		case err != nil:
			p.sh.ShowError(err)
		default:
			p.sh.Tell(p.verdict(c))
		}
	})
}

// askPhrase asks for what opens the file that the journal is compared with; why it did not open is said above.
func (p *historyPage) askPhrase(against string, why error) {
	word := field.NewText(
		p.sh, p.sh.T("history.phrase", nil), p.sh.T("history.phrase_help", nil),
		field.TextRule{Required: true, Limit: 200},
	)
	form := field.NewForm(word)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("history.against_title", nil), Text: filepath.Base(against) + "\n" + p.sh.Err(why), Content: form,
		Action: p.sh.T("history.against_do", nil),
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			p.check(against, word.Text())
			return nil
		},
	})
}

// verdict says in words what a check found: first whether the journal goes on from what it was compared with, then
// whether the contest is whole.
func (p *historyPage) verdict(c office.CheckReport) kit.Notice {
	said := p.soundness(c)
	if a := c.Against; a != nil {
		with := p.sh.T("check.with_"+a.Kind, judging.Args{"File": a.File, "Mark": a.Mark})
		said.Text = p.sh.T("check.is_"+string(a.Relation), judging.Args{"With": with}) + "\n" + said.Text
		if !c.Continues {
			said.Tone = look.Problem
			said.Text += "\n" + p.sh.T("history.against_next", nil)
		}
	}
	return said
}

// soundness says whether the contest is whole by itself.
func (p *historyPage) soundness(c office.CheckReport) kit.Notice {
	args := judging.Args{
		"N": c.JournalEntries, "Files": c.Blobs, "Missing": len(c.BlobsMissing), "Corrupt": len(c.BlobsCorrupt),
	}
	var found []string
	for _, f := range c.Found {
		for _, w := range f.What {
			found = append(found, kit.DateTime(p.sh, f.At.Local())+" "+p.sh.T("store.found_"+string(w), nil))
		}
	}
	altered := len(c.Altered) + len(c.Disputed) + len(c.Gone) + len(c.WrongTotals)
	switch lost := len(c.BlobsMissing) + len(c.BlobsCorrupt); {
	case altered+len(c.WrongTallies) > 0:
		return kit.Notice{Tone: look.Problem, Text: p.sh.T("history.records_altered", judging.Args{
			"N": altered + len(c.WrongTallies), "Backup": strings.TrimPrefix(filepath.Base(c.Backup), "."),
		})}
	case !c.JournalOK:
		return kit.Notice{Tone: look.Problem, Text: p.sh.T("history.altered", args)}
	case c.Store != "ok":
		return kit.Notice{Tone: look.Problem, Text: p.sh.T("check.store", nil)}
	case lost > 0:
		return kit.Notice{Tone: look.Problem, Text: p.sh.T("history.files_lost", args)}
	case len(found) > 0:
		return kit.Notice{Tone: look.Problem, Text: p.sh.T("history.found", judging.Args{
			"What": strings.Join(found, " "),
		})}
	}
	return kit.Notice{Tone: look.Done, Text: p.sh.T("history.sound", args)}
}

package assignment

import (
	"context"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// judgeFields are the fields of the columns of the list, "" where a cell can't be changed.
var judgeFields = []string{"name", "unit", "post", "", "", ""}

func judgeField(j judging.Judge, name string) string {
	switch name {
	case "name":
		return j.Name
	case "unit":
		return j.Unit
	case "post":
		return j.Post
	}
	return ""
}

// judgeFix is a cell that was changed, to be taken back.
type judgeFix struct {
	judge           judging.JudgeID
	field, old, now string
}

// cells lets name, unit and post be corrected where they stand.
func (p *judgesPage) cells() table.Editing[judging.Judge] {
	return table.Editing[judging.Judge]{
		Value: func(j judging.Judge, column int) (string, bool) {
			return judgeField(j, judgeFields[column]), judgeFields[column] != ""
		},
		Choices: func(judging.Judge, int) []choice.Option { return nil },
		Keep: func(j judging.Judge, column int, text string, done func(table.Kept)) {
			f := judgeFix{j.ID, judgeFields[column], judgeField(j, judgeFields[column]), text}
			p.setCell(f, "app.cell_of_judge_reason", func(err error) {
				if err != nil {
					done(table.Kept{Wrong: p.sh.Err(err)})
					return
				}
				done(table.Kept{})
				p.fixes = append(p.fixes, f)
				p.tellFix("app.cell_of_judge_done", f)
			})
		},
	}
}

// setCell corrects one field of a judge; reason is the key of what the history says.
func (p *judgesPage) setCell(f judgeFix, reason string, then func(error)) {
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		_, err := p.office.CorrectJudge(ctx, f.judge, map[string]string{f.field: f.now}, p.sh.T(reason, nil))
		return err
	}, then)
}

func (p *judgesPage) tellFix(key string, f judgeFix) {
	p.reload()
	n := kit.Notice{Tone: look.Done, Text: p.sh.T(key, judging.Args{"Old": f.old, "New": f.now})}
	if len(p.fixes) > 0 {
		n.Action, n.Do = p.sh.T("app.cell_of_judge_undo", nil), p.Undo
	}
	p.sh.Tell(n)
}

// Undo takes the last changed cell back.
func (p *judgesPage) Undo() {
	last := len(p.fixes) - 1
	if last < 0 {
		return
	}
	f := p.fixes[last]
	f.old, f.now = f.now, f.old
	p.setCell(f, "app.cell_of_judge_undone_reason", func(err error) {
		if err != nil {
			p.sh.ShowError(err)
			return
		}
		p.fixes = p.fixes[:last]
		p.tellFix("app.cell_of_judge_undone", f)
	})
}

// Redo does nothing: what was taken back is typed again.
func (p *judgesPage) Redo() {}

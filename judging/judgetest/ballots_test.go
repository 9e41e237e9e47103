package judgetest

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/terms"
)

// paper is the smallest implementation of Ballots: a list on one sheet. It shows that the suite asks for nothing
// but the contract.
type paper struct {
	list   judging.Duties
	kept   map[judging.WorkCode][]judging.ScoreVersion
	secret string
}

func newPaper(totalOnly bool) *paper {
	rubric := judging.Rubric{
		Scale:    100,
		Step:     0.5,
		Criteria: []judging.Criterion{{Name: "内容", Weight: 60}, {Name: "形式", Weight: 40}},
	}
	p := &paper{
		kept: map[judging.WorkCode][]judging.ScoreVersion{},
		list: judging.Duties{Judge: "j001", Plan: "abc", TotalOnly: totalOnly,
			Rubrics: map[string]judging.Rubric{"书法": rubric}},
	}
	for _, code := range []judging.WorkCode{"SF-0002", "SF-0001"} {
		w := judging.BlindWork{
			Code:     code,
			Title:    "守法",
			Category: "书法",
			Files:    []judging.BlindFile{{Kind: "text", Bytes: 3}},
		}
		p.list.Works = append(p.list.Works, judging.Duty{BlindWork: w, State: judging.Open})
	}
	return p
}

func (p *paper) find(code judging.WorkCode) (*judging.Duty, error) {
	for i := range p.list.Works {
		if p.list.Works[i].Code == code {
			return &p.list.Works[i], nil
		}
	}
	return nil, judging.Fail(judging.Forbidden, "scores.not_yours", judging.Args{"Work": code})
}

func (p *paper) Duties(ctx context.Context) (judging.Duties, error) {
	out := p.list
	out.Works = append([]judging.Duty(nil), p.list.Works...)
	return out, ctx.Err()
}

type sheetFile struct{ *bytes.Reader }

func (sheetFile) Close() error { return nil }

func (p *paper) OpenFile(ctx context.Context, code judging.WorkCode, n, _ int) (judging.OpenFile, error) {
	if _, err := p.find(code); err != nil {
		return judging.OpenFile{}, err
	}
	if n != 0 {
		return judging.OpenFile{}, judging.Fail(judging.NotFound, "works.no_file", nil)
	}
	f := sheetFile{bytes.NewReader([]byte("法"))}
	return judging.OpenFile{ReadSeekCloser: f, Type: "text/plain", Size: 3, ETag: string(code) + "/0"}, ctx.Err()
}

func (p *paper) Load(ctx context.Context, code judging.WorkCode) (judging.Ballot, error) {
	if _, err := p.find(code); err != nil {
		return judging.Ballot{}, err
	}
	all := p.kept[code]
	if len(all) == 0 {
		return judging.Ballot{Code: code, State: judging.Open, Base: judging.NoScore}, ctx.Err()
	}
	b := judging.Score{Versions: all}.Editable()
	b.Marks = maps.Clone(b.Marks)
	return b, ctx.Err()
}

func (p *paper) Look(ctx context.Context, code judging.WorkCode, l judging.Look) error {
	w, err := p.find(code)
	if err != nil || p.list.Submitted {
		return err
	}
	if err := w.CheckLook(l); err != nil || ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	w.Look = l
	return nil
}

func (p *paper) History(ctx context.Context, code judging.WorkCode) ([]judging.ScoreVersion, error) {
	_, err := p.find(code)
	return p.kept[code], err
}

func (p *paper) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	w, err := p.find(b.Code)
	if err != nil {
		return b, err
	}
	if b, err = b.Complete(p.list.Rubrics[w.Category], p.list.TotalOnly); err != nil {
		return b, err
	}
	before, err := p.Load(ctx, b.Code)
	if err != nil {
		return b, err
	}
	for _, v := range p.kept[b.Code] {
		if b.Mark != "" && v.Mark == b.Mark {
			return before, nil
		}
	}
	if p.list.Submitted {
		return b, judging.Fail(judging.Closed, "scores.submitted", nil)
	}
	if p.list.Pledge.Open() {
		return b, judging.Fail(judging.Closed, "pledge.first", nil)
	}
	b.Marks = maps.Clone(b.Marks)
	v := judging.ScoreVersion{Ballot: b, At: time.Unix(int64(len(p.kept[b.Code])+1), 0)}
	if b.Mark != "" && b.Base != before.Base && before.Base != judging.NoScore {
		v.At = p.kept[b.Code][len(p.kept[b.Code])-1].At
		p.kept[b.Code] = slices.Insert(p.kept[b.Code], len(p.kept[b.Code])-1, v)
		return before, judging.Fail(judging.Clash, "scores.overtaken", nil)
	}
	if !same(before, b) {
		p.kept[b.Code] = append(p.kept[b.Code], v)
	}
	w.State, w.Total, w.Confidence, w.Flags = b.State, b.Total, b.Confidence, b.Flags
	return p.Load(ctx, b.Code)
}

func (p *paper) Pledge(ctx context.Context, sum string) error {
	if a := p.list.Pledge; a == nil || a.Sum != sum {
		return judging.Fail(judging.Clash, "pledge.other", nil)
	}
	if p.list.Pledge.Open() {
		p.list.Pledge = new(*p.list.Pledge)
		p.list.Pledge.At = time.Unix(1, 0)
	}
	return ctx.Err()
}

func (p *paper) Submit(ctx context.Context, secret string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if secret != p.secret {
		return judging.Fail(judging.Forbidden, "pin.wrong", nil)
	}
	for _, w := range p.list.Works {
		if w.State != judging.Scored && w.State != judging.Abstained && w.State != judging.Recused {
			return judging.Fail(judging.Clash, "scores.still_open", nil)
		}
	}
	p.list.Submitted = true
	return nil
}

func TestBallotsSuiteAsksForNothingButTheContract(t *testing.T) {
	BallotsSuite(t, func(*testing.T) judging.Ballots { return newPaper(false) })
}

func TestBallotsSuiteKnowsTotalsWithoutMarks(t *testing.T) {
	BallotsSuite(t, func(*testing.T) judging.Ballots { return newPaper(true) })
}

func TestBallotsSuiteKnowsSecrets(t *testing.T) {
	SecretBallotsSuite(t, "1234", func(*testing.T) judging.Ballots {
		p := newPaper(false)
		p.secret, p.list.Secret = "1234", true
		return p
	})
}

func TestPledgedSuiteAsksForNothingButTheContract(t *testing.T) {
	PledgedBallotsSuite(t, func(*testing.T) judging.Ballots {
		p := newPaper(false)
		p.list.Pledge = terms.Pledge("【评委姓名】承诺公正评审").Asked("", "王老师", time.Time{})
		return p
	})
}

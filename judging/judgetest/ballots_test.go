package judgetest

import (
	"bytes"
	"context"
	"io"
	"maps"
	"testing"

	"fayi/judging"
)

// paper is the smallest maker of Ballots: a list on one sheet. It shows that the suite asks for nothing but the contract.
type paper struct {
	list judging.Duties
	kept map[judging.WorkCode]judging.Ballot
}

func newPaper(totalOnly bool) *paper {
	rubric := judging.Rubric{Scale: 100, Step: 0.5, Criteria: []judging.Criterion{{Name: "内容", Weight: 60}, {Name: "形式", Weight: 40}}}
	p := &paper{kept: map[judging.WorkCode]judging.Ballot{}, list: judging.Duties{Judge: "j001", Plan: "abc", TotalOnly: totalOnly,
		Rubrics: map[string]judging.Rubric{"书法": rubric}}}
	for _, code := range []judging.WorkCode{"SF-0002", "SF-0001"} {
		w := judging.BlindWork{Code: code, Title: "守法", Category: "书法", Files: []judging.BlindFile{{Kind: "text", Bytes: 3}}}
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

func (p *paper) OpenFile(ctx context.Context, code judging.WorkCode, n int) (io.ReadSeekCloser, error) {
	if _, err := p.find(code); err != nil {
		return nil, err
	}
	if n != 0 {
		return nil, judging.Fail(judging.NotFound, "works.no_file", nil)
	}
	return sheetFile{bytes.NewReader([]byte("法"))}, ctx.Err()
}

func (p *paper) Load(ctx context.Context, code judging.WorkCode) (judging.Ballot, error) {
	if _, err := p.find(code); err != nil {
		return judging.Ballot{}, err
	}
	b, ok := p.kept[code]
	if !ok {
		b = judging.Ballot{Code: code, State: judging.Open}
	}
	b.Marks = maps.Clone(b.Marks)
	return b, ctx.Err()
}

func (p *paper) History(ctx context.Context, code judging.WorkCode) ([]judging.ScoreVersion, error) {
	b, err := p.Load(ctx, code)
	if err != nil || b.State == judging.Open {
		return nil, err
	}
	return []judging.ScoreVersion{{Ballot: b}}, nil
}

func (p *paper) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	w, err := p.find(b.Code)
	if err != nil {
		return b, err
	}
	if b, err = b.Complete(p.list.Rubrics[w.Category], p.list.TotalOnly); err != nil {
		return b, err
	}
	if p.list.Submitted {
		return b, judging.Fail(judging.Closed, "scores.submitted", nil)
	}
	if ctx.Err() != nil {
		return b, ctx.Err()
	}
	b.Marks = maps.Clone(b.Marks)
	p.kept[b.Code], w.State, w.Total = b, b.State, b.Total
	return b, nil
}

func (p *paper) Submit(ctx context.Context, _ string) error {
	if ctx.Err() != nil {
		return ctx.Err()
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

package judgetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"testing"
	"time"

	"fayi/judging"
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
	all := p.kept[code]
	if len(all) == 0 {
		return judging.Ballot{Code: code, State: judging.Open}, ctx.Err()
	}
	b := all[len(all)-1].Ballot
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
	if p.list.Submitted {
		return b, judging.Fail(judging.Closed, "scores.submitted", nil)
	}
	if ctx.Err() != nil {
		return b, ctx.Err()
	}
	b.Marks = maps.Clone(b.Marks)
	if before, _ := p.Load(ctx, b.Code); !same(before, b) {
		p.kept[b.Code] = append(p.kept[b.Code], judging.ScoreVersion{
			Ballot: b,
			At:     time.Unix(int64(len(p.kept[b.Code])+1), 0),
		})
	}
	w.State, w.Total, w.Confidence, w.Flags = b.State, b.Total, b.Confidence, b.Flags
	return b, nil
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

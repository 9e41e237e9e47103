package room

import (
	"context"
	"net/http"

	"fayi/judging"
	"fayi/judging/office/comparisons"
)

// How judges compare works in pairs on devices of their own. Each answer is a request, kept before it is acknowledged;
// its mark lets a device send it again until it hears so.

// Pairs is how the room asks one judge; comparisons.Desk is one.
type Pairs interface {
	Ask(ctx context.Context) (comparisons.Pair, error)
	AnswerOnce(ctx context.Context, mark, comparison string, left, right, better judging.WorkCode) error
	Back(ctx context.Context, answer, reason string) error
	OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error)
	Standing(ctx context.Context) (string, error)
}

// Pair is what a judge is asked, with how to show the two works.
type Pair struct {
	comparisons.Pair
	Show [2][]Look `json:"show"` // the files of the left and the right work
}

// PairSaid is what a judge says of a pair.
type PairSaid struct {
	Comparison string           `json:"comparison"`
	Left       judging.WorkCode `json:"left"`
	Right      judging.WorkCode `json:"right"`
	Better     judging.WorkCode `json:"better"` // one of the two; "" for neither
	Mark       string           `json:"mark"`   // that the device made for this answer
}

// pairsStanding changes when what a judge is asked about pairs does by what others do; "" while nobody asks.
func (s *Server) pairsStanding(ctx context.Context, v visit) (string, error) {
	if s.Pairs == nil {
		return "", nil
	}
	return s.Pairs(v.Judge).Standing(ctx)
}

// pairsOf is where a visitor compares. Errors: NotFound in a room without comparing.
func (s *Server) pairsOf(v visit) (Pairs, error) {
	if s.Pairs == nil {
		return nil, judging.Fail(judging.NotFound, "compare.not_asked", nil)
	}
	return s.Pairs(v.Judge), nil
}

func (s *Server) askPair(w http.ResponseWriter, r *http.Request, v visit) error {
	desk, err := s.pairsOf(v)
	if err != nil {
		return err
	}
	return s.replyPair(w, r, v, desk)
}

// replyPair answers what is asked now.
func (s *Server) replyPair(w http.ResponseWriter, r *http.Request, v visit, desk Pairs) error {
	p, err := desk.Ask(r.Context())
	if err != nil {
		return err
	}
	out := Pair{Pair: p, Show: [2][]Look{{}, {}}}
	if p.Asks() {
		for i, code := range []judging.WorkCode{p.Left.Code, p.Right.Code} {
			if out.Show[i], err = s.looks(r.Context(), v, part{Code: code, Pair: true}); err != nil {
				return err
			}
		}
	}
	s.reply(w, out)
	return nil
}

func (s *Server) answerPair(w http.ResponseWriter, r *http.Request, v visit) error {
	desk, err := s.pairsOf(v)
	if err != nil {
		return err
	}
	var in PairSaid
	if err := decode(v.body, &in); err != nil {
		return err
	}
	if err := desk.AnswerOnce(r.Context(), in.Mark, in.Comparison, in.Left, in.Right, in.Better); err != nil {
		return err
	}
	s.reply(w, map[string]bool{"kept": true})
	return nil
}

func (s *Server) takePairBack(w http.ResponseWriter, r *http.Request, v visit) error {
	desk, err := s.pairsOf(v)
	if err != nil {
		return err
	}
	var in struct {
		Answer string `json:"answer"`
	}
	if err := decode(v.body, &in); err != nil {
		return err
	}
	reason := s.Text(r.Header.Get("Accept-Language"), nil).T("pairs.undo_reason", nil)
	if err := desk.Back(r.Context(), in.Answer, reason); err != nil {
		return err
	}
	s.reply(w, map[string]bool{"back": true})
	return nil
}

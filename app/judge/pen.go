package judge

import (
	"context"
	"errors"
	"sync"

	"fayi/app/kit"
	"fayi/judging"
)

// pen writes ballots in the order they were asked for: one that was overtaken by a newer one of the same work is
// not written after it.
type pen struct {
	sh    kit.Shell
	book  judging.Ballots
	asked int // ballots asked for; like acks only the UI thread uses it
	acks  int // ballots acknowledged

	one     sync.Mutex // guards writing and written
	written map[judging.WorkCode]int
}

func newPen(sh kit.Shell, b judging.Ballots) *pen {
	return &pen{sh: sh, book: b, written: map[judging.WorkCode]int{}}
}

// errOvertaken says that a newer ballot of the same work is kept already.
var errOvertaken = errors.New("overtaken by a newer ballot")

// save writes b off the UI thread and calls done on it with the ballot as kept, or errOvertaken.
func (p *pen) save(b judging.Ballot, done func(judging.Ballot, error)) {
	n := p.number()
	var kept judging.Ballot
	p.sh.Run(p.sh.T("desk.saving", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		kept, err = p.write(ctx, n, b)
		return err
	}, func(err error) {
		if err == nil {
			p.acks++
		}
		done(kept, err)
	})
}

func (p *pen) number() int {
	p.asked++
	return p.asked
}

func (p *pen) write(ctx context.Context, n int, b judging.Ballot) (judging.Ballot, error) {
	p.one.Lock()
	defer p.one.Unlock()
	if n < p.written[b.Code] {
		return b, errOvertaken
	}
	kept, err := p.book.Save(ctx, b)
	if err == nil {
		p.written[b.Code] = n
	}
	return kept, err
}

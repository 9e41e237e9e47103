package hall

import (
	"context"

	"fayi/judging"
)

// Standing is how far a contest was when it was looked at last.
type Standing struct {
	Title     string `json:"title"`
	Judges    int    `json:"judges"`
	Submitted int    `json:"submitted"` // judges who have handed in
	Done      int    `json:"done"`      // ballots
	Total     int    `json:"total"`
	Here      int    `json:"here"` // judges whose pages are open
}

// look opens a closed contest to read how far it is, and closes it again; not where the organiser closed it.
func (c *contest) look(ctx context.Context) {
	if c.isOpen() {
		return
	}
	o, done, err := c.use(ctx)
	if err != nil {
		return // the list says it
	}
	c.read(ctx, o)
	done()
	_ = c.close(ctx, forIdle) // somebody may be in by now
}

// read reads how far an open contest is.
func (c *contest) read(ctx context.Context, o *opened) {
	if stands, err := standingOf(ctx, o); err == nil {
		c.keep(stands)
	}
}

func (c *contest) keep(s Standing) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stands, c.looked = s, c.hall.Now()
}

// standingOf reads how far a contest is. One without a published plan has nobody in it.
func standingOf(ctx context.Context, o *opened) (Standing, error) {
	of, err := o.office.Contest(ctx)
	if err != nil {
		return Standing{}, err
	}
	s := Standing{Title: of.Title()}
	p, err := o.office.Scoring().Progress(ctx)
	if judging.CodeOf(err) == judging.Closed {
		err = nil
	}
	s.Done, s.Total, s.Judges = p.Done, p.Total, len(p.Judges)
	for _, j := range p.Judges {
		if j.Submitted {
			s.Submitted++
		}
	}
	for _, one := range o.room.Here() {
		if one.Open {
			s.Here++
		}
	}
	return s, err
}

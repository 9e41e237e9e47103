package judging

import (
	"time"
)

// Contest is one season of collecting and judging works.
type Contest struct {
	ID        ContestID `json:"id"`
	Name      string    `json:"name"`
	Host      string    `json:"host,omitempty"` // 主办单位, for titles and signature lines
	Created   time.Time `json:"created"`
	Rehearsal bool      `json:"rehearsal,omitempty"` // 演练: simulated scores; every output says so
	Round     Round     `json:"round"`
	Year      int       `json:"year,omitempty"`     // the season's year; 0: not said
	Template  string    `json:"template,omitempty"` // the key of the template it began with, see package prepare
	Key       []byte    `json:"key,omitempty"`      // 16 random bytes: draws blind codes; never leaves the contest
}

// Title returns the contest's name, marked 【演练】 when it is a rehearsal.
func (c Contest) Title() string {
	if c.Rehearsal {
		return "【演练】" + c.Name
	}
	return c.Name
}

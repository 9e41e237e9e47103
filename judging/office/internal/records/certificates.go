package records

import (
	"fayi/judging"
)

// Certificate is one that was numbered. A number is given once: to a work with an award, or to a unit or teacher
// with a prize. Another award is another certificate.
type Certificate struct {
	Number string         `json:"number"`
	Seq    int            `json:"seq"`
	Work   judging.WorkID `json:"work"`
	Award  string         `json:"award"`
	Author string         `json:"author"` // as printed: the code covers them
	Title  string         `json:"title"`
	// of a special prize, which the work has as well as its award
	Special bool `json:"special,omitempty"`
}

func (c *Certificate) id() string { return judging.Serial("", 6, c.Seq) }

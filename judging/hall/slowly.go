package hall

import (
	"io"
	"time"
)

// slowly reads a file no faster than the contest may.
type slowly struct {
	io.ReadSeekCloser

	desk desk
}

// slowlyNamed is slowly for what has a path, which says what its content is.
type slowlyNamed struct {
	slowly

	path string
}

// Name returns the path.
func (s slowlyNamed) Name() string { return s.path }

// Read implements io.Reader. Errors: Unavailable when the contest is about to close.
func (s slowly) Read(p []byte) (int, error) {
	c := s.desk.contest
	if err := c.barred(); err != nil {
		return 0, err
	}
	if len(p) > piece {
		p = p[:piece]
	}
	n, err := s.ReadSeekCloser.Read(p)
	c.hall.metrics.mediaBytes.Add(int64(n))
	if wait := c.bounds.media.ReserveN(c.hall.Now(), n).DelayFrom(c.hall.Now()); wait > 0 {
		time.Sleep(wait)
	}
	return n, err
}

package tries

import (
	"context"
	"errors"
	"sync"
	"time"

	"fayi/judging"
)

// ErrWait matches, by errors.Is, the error of a try that was not made because the one before was wrong just now.
var ErrWait = &judging.Error{Text: "seal.wait"}

// Counter lets passwords be tried that guard a file: a copy of a contest, an archive, a packet. One serves many
// goroutines.
type Counter struct {
	Dir string           // where tries are kept; "" for as long as the program runs
	Now func() time.Time // the clock

	mu   sync.Mutex
	seen map[[2]string]Count // by identity and secret, with times that nobody can set
}

// Try lets opens compare what was typed with a secret of what has an identity. A Forbidden of opens is a wrong try;
// anything else says that what was typed is right, or was not looked at. Errors: ErrWait, those of opens.
func (c *Counter) Try(identity, secret string, opens func() error) error {
	key := [2]string{identity, secret}
	before, left := c.allow(key)
	if left > 0 {
		seconds := int((left + time.Second - 1) / time.Second)
		return judging.Fail(judging.Forbidden, "seal.wait", judging.Args{"Seconds": seconds})
	}
	err := opens()
	switch {
	case err == nil:
		c.set(key, Count{})
	case judging.CodeOf(err) == judging.Forbidden, errors.Is(err, context.Canceled):
		// it stays counted: who breaks a try off may have seen how long it took
	default:
		c.set(key, before)
	}
	return err
}

// allow counts a try as wrong, unless one has to wait: then left says how long.
func (c *Counter) allow(key [2]string) (before Count, left time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.Now()
	change(c.Dir, key[0], key[1], func(kept Count) Count {
		before = kept
		if seen := c.seen[key]; seen.Wrong > 0 && seen.Wrong >= kept.Wrong { // else other programs counted on
			before = seen
		}
		left = before.Left(now)
		switch {
		case left == 0:
			return Count{before.Wrong + 1, now}
		case now.Before(before.At): // a clock set back: the wait begins again, and ends
			return Count{before.Wrong, now}
		}
		return kept
	})
	switch {
	case left == 0:
		c.saw(key, Count{before.Wrong + 1, now})
	case now.Before(before.At):
		c.saw(key, Count{before.Wrong, now})
	}
	return before, left
}

func (c *Counter) saw(key [2]string, n Count) {
	if c.seen == nil {
		c.seen = map[[2]string]Count{}
	}
	c.seen[key] = n
}

func (c *Counter) set(key [2]string, n Count) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.saw(key, n)
	Keep(c.Dir, key[0], key[1], n)
}

package bolt

import (
	"bytes"
	"slices"

	"go.etcd.io/bbolt"

	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// found is a record of a sealed file whose name has a hidden part.
type found struct{ key, name, raw []byte }

// scanSealed is Scan over a sealed file. Names without hidden parts stand in the order of what they are; where one has
// a hidden part, all are read first and put in order.
func (t *tx) scanSealed(prefix []byte, fn func(key, value []byte) error) error {
	prefix = bytes.Clone(prefix)
	start, complete := t.form.key.Start(prefix)
	plain := append(bytes.Clone(start), prefix[complete:]...) // how names go on whose next part is not hidden
	if bytes.ContainsFunc(prefix[complete:], func(r rune) bool { return r > 0x7f }) {
		plain = nil
	}
	hidden := seal.HiddenStart(start)
	if plain != nil && bytes.Equal(plain, start) {
		hidden = nil // is behind plain, too
	}
	all, some, err := t.gather(prefix, plain, hidden)
	if err != nil {
		return err
	}
	if some {
		return t.eachFound(all, fn)
	}
	return t.scanNumbered(prefix[:complete], start, plain, fn)
}

// gather collects what begins with prefix if any of it has a hidden part: some.
func (t *tx) gather(prefix, plain, hidden []byte) (all []found, some bool, err error) {
	look := func(name, _ []byte) (bool, error) {
		some = seal.Hidden(name[len(plain):])
		return !some, nil
	}
	if plain != nil {
		err = t.walk(plain, look)
	}
	if hidden != nil && err == nil && !some {
		err = t.walk(hidden, func(_, _ []byte) (bool, error) { some = true; return false, nil })
	}
	if err != nil || !some {
		return nil, false, err
	}
	for _, from := range [][]byte{plain, hidden} {
		if from == nil {
			continue
		}
		err := t.walk(from, func(name, raw []byte) (bool, error) {
			key, whole := t.form.key.Plain(name)
			if !whole {
				return false, t.fail(t.form.altered(name))
			}
			if bytes.HasPrefix(key, prefix) {
				all = append(all, found{key, name, raw})
			}
			return true, nil
		})
		if err != nil {
			return nil, false, err
		}
	}
	slices.SortFunc(all, func(a, b found) int { return bytes.Compare(a.key, b.key) })
	return all, true, nil
}

// walk visits the stored names that begin with from until visit says stop.
func (t *tx) walk(from []byte, visit func(name, raw []byte) (more bool, err error)) error {
	n := 0
	return t.guard(func() error {
		c := t.bucket.Cursor()
		for k, v := c.Seek(from); k != nil && bytes.HasPrefix(k, from); k, v = c.Next() {
			if n++; n%scanCheck == 0 && t.ctx.Err() != nil {
				return t.ctx.Err()
			}
			if more, err := visit(k, v); err != nil || !more {
				return err
			}
		}
		return nil
	})
}

func (t *tx) eachFound(all []found, fn func(key, value []byte) error) error {
	var s scratch
	for i, f := range all {
		if (i+1)%scanCheck == 0 && t.ctx.Err() != nil {
			return t.ctx.Err()
		}
		value, err := t.open(f.name, f.raw, &s)
		if err != nil {
			return err
		}
		if err := fn(f.key, value); err != nil {
			if err == store.ErrStop {
				return nil
			}
			return err
		}
	}
	return nil
}

// scanNumbered reads names of which nothing is hidden behind start, in the order in which they stand.
func (t *tx) scanNumbered(head, start, from []byte, fn func(key, value []byte) error) error {
	if from == nil {
		return nil
	}
	var c *bbolt.Cursor
	var k, v []byte
	err := t.guard(func() error {
		c = t.bucket.Cursor()
		k, v = c.Seek(from)
		return nil
	})
	var s scratch
	key := bytes.Clone(head)
	for n := 1; err == nil && k != nil && bytes.HasPrefix(k, from); n++ {
		if n%scanCheck == 0 && t.ctx.Err() != nil {
			return t.ctx.Err()
		}
		value, broken := t.open(k, v, &s)
		if broken != nil {
			return broken
		}
		key = append(key[:len(head)], k[len(start):]...)
		writes := t.writes
		if stop := fn(key, value); stop == store.ErrStop {
			return nil
		} else if stop != nil {
			return stop
		}
		err = t.guard(func() error {
			k, v = t.after(c, k, writes != t.writes)
			return nil
		})
	}
	return err
}

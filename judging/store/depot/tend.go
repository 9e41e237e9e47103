package depot

import (
	"context"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// tend sends what is still to be sent, answers who asks for files and asks for those that are missed, until the depot
// is closed.
func (d *Depot) tend() {
	pause := firstPause
	for d.ctx.Err() == nil {
		wait := rest
		if err := d.pass(d.ctx); err != nil || d.Status().Missing > 0 {
			wait, pause = pause, min(2*pause, mostPause)
		} else {
			pause = firstPause
		}
		select {
		case <-d.ctx.Done():
		case <-time.After(wait):
		case <-d.wake:
			select { // not more often, however many are missed
			case <-d.ctx.Done():
			case <-time.After(min(wait, firstPause)):
			}
		}
	}
}

// Late has what is here compared with what the engine has, soon: files may have been put before the depot was here.
func (d *Depot) Late() {
	d.mu.Lock()
	d.late = true
	d.mu.Unlock()
	d.rouse()
}

func (d *Depot) pass(ctx context.Context) error {
	d.mu.Lock()
	late := d.late
	d.mu.Unlock()
	if late {
		if err := d.List(ctx); err != nil {
			return err
		}
		d.mu.Lock()
		d.late = false
		d.mu.Unlock()
	}
	if err := d.Flush(ctx, nil); err != nil {
		return err
	}
	if err := d.answer(ctx); err != nil {
		return err
	}
	return d.ask(ctx)
}

// Flush sends all that is still to be sent. Errors: the first that tells of the engine.
func (d *Depot) Flush(ctx context.Context, progress func(done, total int)) error {
	ctx, cancel := d.both(ctx)
	defer cancel()
	all := d.queue.all()
	for i, sum := range all {
		err := d.send(ctx, sum, false)
		if err != nil && judging.CodeOf(err) != judging.Corrupt && !errors.Is(err, errSwept) {
			return err
		}
		if progress != nil {
			progress(i+1, len(all))
		}
	}
	return ctx.Err()
}

// answer sends the files that others ask for, where they are whole here.
func (d *Depot) answer(ctx context.Context) error {
	asked := map[string]bool{}
	m := d.moving(ctx, 0)
	err := d.engine.List(m.ctx, d.keys.prefix+"/asked", func(o Object) error {
		Moved(m.ctx)
		asked[path.Base(o.Name)] = true
		return nil
	})
	m.stop()
	if d.noted(m.answer(err)) != nil || len(asked) == 0 {
		return m.answer(err)
	}
	return d.each(func(hidden, sum string) error {
		if !asked[hidden] {
			return nil
		}
		if err := d.send(ctx, sum, true); err != nil {
			if judging.CodeOf(err) == judging.Corrupt {
				return nil // somebody else's may be whole
			}
			return err
		}
		return d.noted(d.act(ctx, func(ctx context.Context) error {
			return d.engine.Remove(ctx, d.keys.asked(hidden))
		}))
	})
}

// each calls fn with every file of this computer and its name in the engine.
func (d *Depot) each(fn func(hidden, sum string) error) error {
	return d.blobs.Each(func(b store.Blob) error { return fn(d.keys.hidden(b.Sum), b.Sum) })
}

// act does something short.
func (d *Depot) act(ctx context.Context, do func(context.Context) error) error {
	m := d.moving(ctx, 0)
	defer m.stop()
	return m.answer(do(m.ctx))
}

// ask tries again to fetch what is missed, and asks the others for what the engine does not have.
func (d *Depot) ask(ctx context.Context) error {
	d.mu.Lock()
	missed := slices.Sorted(maps.Keys(d.wanted))
	d.mu.Unlock()
	for _, sum := range missed {
		err := d.blobs.Bring(ctx, sum)
		switch code := judging.CodeOf(err); {
		case err == nil:
			d.mu.Lock()
			delete(d.wanted, sum)
			d.mu.Unlock()
			d.ring()
			continue
		case code != judging.NotFound && code != judging.Corrupt:
			return err
		}
		d.mu.Lock()
		already := d.wanted[sum]
		d.wanted[sum] = true
		d.mu.Unlock()
		if already {
			continue
		}
		name := d.keys.asked(d.keys.hidden(sum))
		if err := d.noted(d.act(ctx, func(ctx context.Context) error {
			return d.engine.Put(ctx, name, 1, strings.NewReader("?"))
		})); err != nil {
			return err
		}
	}
	return nil
}

// Attach makes the engine the contest's: it is tried, marked, and lacks after that what stands on the list. Errors:
// Unavailable, "depot.unfit", for an engine that does not give back what it took; those of the engine.
func (d *Depot) Attach(ctx context.Context) error {
	mark := d.keys.mark()
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return d.engine.Prepare(ctx, d.keys.prefix) },
		func(ctx context.Context) error { return d.putMark(ctx, mark+"0") },
		func(ctx context.Context) error { return d.putMark(ctx, mark) },
		func(ctx context.Context) error { return d.engine.Remove(ctx, mark+"0") },
		d.fit,
		d.Known,
	} {
		if err := d.noted(d.act(ctx, step)); err != nil {
			return err
		}
	}
	return d.List(ctx)
}

func (d *Depot) putMark(ctx context.Context, name string) error {
	return d.engine.Put(ctx, name, int64(len(name)), strings.NewReader(name))
}

// fit looks at what Attach left.
func (d *Depot) fit(ctx context.Context) error {
	var found []string
	if err := d.engine.List(ctx, d.keys.prefix+"/mark", func(o Object) error {
		found = append(found, o.Name)
		return nil
	}); err != nil {
		return err
	}
	if len(found) != 1 || found[0] != d.keys.mark() {
		return judging.Fail(judging.Unavailable, "depot.unfit", nil)
	}
	return nil
}

// Known reports, by its error, whether the engine is the contest's. Errors: NotFound, "depot.other"; those of the
// engine.
func (d *Depot) Known(ctx context.Context) error {
	in, err := d.engine.Get(ctx, d.keys.mark())
	if errors.Is(err, judging.ErrNotFound) {
		return judging.Fail(judging.NotFound, "depot.other", nil).Because(err)
	}
	if err != nil {
		return Away(err)
	}
	defer in.Close()
	there, err := io.ReadAll(io.LimitReader(in, 1<<10))
	if err == nil && string(there) != d.keys.mark() {
		return judging.Fail(judging.Unavailable, "depot.unfit", nil)
	}
	return Away(err)
}

// List compares what is here, and is referred to, with what the engine has, and puts what it lacks, or has in another
// length, on the list of what is to be sent.
func (d *Depot) List(ctx context.Context) error {
	var refers Sums
	if d.refers != nil {
		var err error
		if refers, err = d.refers(ctx); err != nil {
			return err
		}
	}
	there := map[string]int64{}
	m := d.moving(ctx, 0)
	err := d.engine.List(m.ctx, d.keys.prefix, func(o Object) error {
		Moved(m.ctx)
		if hidden, is := d.keys.isFile(o.Name); is {
			there[hidden] = o.Size
		}
		return nil
	})
	m.stop()
	if err := d.noted(m.answer(err)); err != nil {
		return err
	}
	return d.blobs.Each(func(b store.Blob) error {
		if refers != nil && !refers.has(b.Sum) || there[d.keys.hidden(b.Sum)] == sealedSize(b.Size) {
			return nil
		}
		return d.queue.add(b.Sum)
	})
}

// Prefetch brings files that are not here; missing are those that did not come, because the engine does not have them
// or not as they were written. Errors: the first that tells of the engine or of this computer.
func (d *Depot) Prefetch(
	ctx context.Context, sums []string, progress func(done, total int),
) (missing []string, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	done := 0
	next := make(chan string)
	var working sync.WaitGroup
	for range 4 {
		working.Go(func() {
			for sum := range next {
				err := d.blobs.Bring(ctx, sum)
				mu.Lock()
				switch code := judging.CodeOf(err); {
				case err == nil:
				case code == judging.NotFound || code == judging.Corrupt:
					missing = append(missing, sum)
				default:
					cancel(err)
				}
				if done++; progress != nil {
					progress(done, len(sums))
				}
				mu.Unlock()
			}
		})
	}
	for _, sum := range sums {
		select {
		case next <- sum:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	working.Wait()
	slices.Sort(missing)
	return missing, context.Cause(ctx)
}

package depot

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"fayi/judging"
)

const (
	// LeastGrace is the shortest time for which an object that nobody refers to stays: a file is put before the record
	// that refers to it is written, and a computer says once a day which files it and its copies refer to.
	LeastGrace = 7 * 24 * time.Hour

	// leftGrace is how old the beginning of an object must be that was never put whole: its writer has died.
	leftGrace = 24 * time.Hour

	// sweepEnds is after how long a sweep gives up; sweepDead, when its mark is taken for that of one that died.
	sweepEnds = 50 * time.Minute
	sweepDead = time.Hour
)

// errSwept has a file stay on the list: somebody sweeps, and may be about to remove the object that is there.
var errSwept = errors.New("depot: somebody sweeps")

// Survey is what was found in the engine, for one sweep. All times in it are the engine's own.
type Survey struct {
	d      *Depot
	mark   string
	ctx    context.Context
	cancel context.CancelFunc
	now    time.Time
	files  []Object
	claims map[string]time.Time // of files that somebody sent again, by hidden name: when
	asked  []Object
	halves []Object // of objects that were not put whole, or not yet
	needs  map[[shortName]byte]bool
	lists  int
}

// Swept says what a sweep removes, and why all else stays.
type Swept struct {
	Objects  int   `json:"objects"` // to remove
	Bytes    int64 `json:"bytes"`   // of those
	Needed   int   `json:"needed"`  // by the contest, or by a copy of it on this computer
	Others   int   `json:"others"`  // by what other computers said
	Young    int   `json:"young"`   // nobody refers to them yet, or any more; not old enough
	Lists    int   `json:"lists"`   // computers that said what they need, this one too
	Halves   int   `json:"halves"`  // to remove: beginnings of files whose writers died
	HalfSize int64 `json:"half_bytes"`
	names    []string
	halves   []string
	leftover []string // notes of other kinds that are over
}

// Survey looks at all that is in the engine, as the only one to do so: it must end. Errors: Clash, "depot.sweeping",
// where another computer sweeps; "depot.needs_partly", where one could not read its copies; those of the engine.
func (d *Depot) Survey(ctx context.Context) (*Survey, error) {
	s := &Survey{d: d, mark: d.keys.sweep(d.name), claims: map[string]time.Time{}, needs: map[[shortName]byte]bool{}}
	s.ctx, s.cancel = context.WithTimeout(ctx, sweepEnds)
	for _, step := range []func() error{
		func() error { return d.act(s.ctx, func(ctx context.Context) error { return d.putMark(ctx, s.mark) }) },
		func() error { return d.act(s.ctx, s.alone) },
		s.look,
	} {
		if err := d.noted(step()); err != nil {
			s.End()
			return nil, err
		}
	}
	return s, nil
}

// look lists what is there.
func (s *Survey) look() error {
	d := s.d
	m := d.moving(s.ctx, 0)
	var lists []string
	err := d.engine.List(m.ctx, d.keys.prefix, func(o Object) error {
		Moved(m.ctx)
		kind, base := d.keys.kind(o.Name)
		switch kind {
		case "needs":
			lists = append(lists, o.Name)
		case "fresh":
			s.claims[base] = o.At
		case "asked":
			s.asked = append(s.asked, o)
		case "":
			s.files = append(s.files, o)
		}
		return nil
	})
	if err == nil {
		err = d.engine.Unfinished(m.ctx, d.keys.prefix, func(o Object) error {
			Moved(m.ctx)
			s.halves = append(s.halves, o)
			return nil
		})
	}
	m.stop()
	if err := m.answer(err); err != nil {
		return err
	}
	for _, name := range lists {
		if err := d.act(s.ctx, func(ctx context.Context) error { return d.readNeeds(ctx, name, s.needs) }); err != nil {
			return err
		}
	}
	s.lists = len(lists)
	return nil
}

// alone refuses where another computer's sweep is under way, and removes the marks of those that died.
func (s *Survey) alone(ctx context.Context) error {
	var marks []Object
	if err := s.d.engine.List(ctx, s.d.keys.prefix+"/sweep", func(o Object) error {
		marks = append(marks, o)
		return nil
	}); err != nil {
		return err
	}
	at := slices.IndexFunc(marks, func(o Object) bool { return o.Name == s.mark })
	if at < 0 {
		return judging.Fail(judging.Unavailable, "depot.unfit", nil)
	}
	s.now = marks[at].At
	for _, o := range marks {
		switch {
		case o.Name == s.mark:
		case s.now.Sub(o.At) < sweepDead:
			return judging.Fail(judging.Clash, "depot.sweeping", nil)
		default:
			if err := s.d.engine.Remove(ctx, o.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// End says that the sweep is over. Where the engine is away its mark stays until it is too old to mean anything.
func (s *Survey) End() {
	s.cancel()
	_ = s.d.act(s.d.ctx, func(ctx context.Context) error { return s.d.engine.Remove(ctx, s.mark) })
}

// Without chooses the files to which none of sums refers, that no other computer said to need, and that were put, and
// sent again, longer ago than grace, at least LeastGrace; and the beginnings of files that are older than a day.
func (s *Survey) Without(sums Sums, grace time.Duration) (out Swept) {
	grace = max(grace, LeastGrace)
	old := func(at time.Time) bool { return !at.IsZero() && s.now.Sub(at) > grace }
	here := s.d.keys.hiddenNames(sums)
	out.Lists = s.lists
	stays := map[string]bool{}
	for _, o := range s.files {
		hidden := path.Base(o.Name)
		short, whole := shortOf(hidden)
		claimed, again := s.claims[hidden]
		stays[hidden] = true
		switch {
		case !whole:
		case here[short]:
			out.Needed++
		case s.needs[short]:
			out.Others++
		case !old(o.At) || again && !old(claimed):
			out.Young++
		default:
			delete(stays, hidden)
			out.Objects, out.Bytes = out.Objects+1, out.Bytes+o.Size
			out.names = append(out.names, o.Name)
		}
	}
	for _, o := range s.halves {
		if !o.At.IsZero() && s.now.Sub(o.At) > leftGrace {
			out.Halves, out.HalfSize, out.halves = out.Halves+1, out.HalfSize+o.Size, append(out.halves, o.Name)
		}
	}
	for hidden, at := range s.claims {
		if old(at) {
			out.leftover = append(out.leftover, s.d.keys.fresh(hidden))
		}
	}
	for _, o := range s.asked {
		if short, whole := shortOf(path.Base(o.Name)); whole && old(o.At) && !here[short] && !s.needs[short] {
			out.leftover = append(out.leftover, o.Name)
		}
	}
	return out
}

// Remove removes what was chosen, each only if it still is as it was found; gone are those that it removed. Errors:
// those of the engine; what was removed before stays removed, and another sweep goes on.
func (s *Survey) Remove(chosen Swept, progress func(done, total int)) (gone Swept, err error) {
	sizes := make(map[string]Object, len(s.files))
	for _, o := range s.files {
		sizes[o.Name] = o
	}
	for i, name := range chosen.names {
		removed := false
		err := s.d.act(s.ctx, func(ctx context.Context) (err error) {
			removed, err = s.remove(ctx, sizes[name])
			return err
		})
		if s.d.noted(err) != nil {
			return gone, err
		}
		if removed {
			gone.Objects, gone.Bytes, gone.names = gone.Objects+1, gone.Bytes+sizes[name].Size, append(gone.names, name)
		}
		if progress != nil {
			progress(i+1, len(chosen.names))
		}
	}
	for _, half := range s.halves {
		if !slices.Contains(chosen.halves, half.Name) {
			continue
		}
		discard := func(ctx context.Context) error { return s.d.engine.Discard(ctx, half.Name) }
		if err := s.d.act(s.ctx, discard); err != nil {
			return gone, s.d.noted(err)
		}
		gone.Halves, gone.HalfSize = gone.Halves+1, gone.HalfSize+half.Size
	}
	for _, name := range chosen.leftover {
		if err := s.d.act(s.ctx, func(ctx context.Context) error { return s.d.engine.Remove(ctx, name) }); err != nil {
			return gone, s.d.noted(err)
		}
	}
	return gone, s.ctx.Err()
}

// remove removes an object, unless somebody put it again or is about to refer to it.
func (s *Survey) remove(ctx context.Context, was Object) (bool, error) {
	is, err := s.d.engine.Stat(ctx, was.Name)
	if errors.Is(err, judging.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	hidden := path.Base(was.Name)
	claim, err := s.d.engine.Stat(ctx, s.d.keys.fresh(hidden))
	switch {
	case err != nil && !errors.Is(err, judging.ErrNotFound):
		return false, err
	case is.Size != was.Size || sooner(was.At, is.At):
		return false, nil
	case err == nil && sooner(s.claims[hidden], claim.At):
		return false, nil
	}
	if err := ctx.Err(); err != nil { // what comes too late is not begun
		return false, err
	}
	return true, s.d.engine.Remove(ctx, was.Name)
}

// sooner compares two times of one object. Of a list some stores tell them to the millisecond, of the object itself to
// the second.
func sooner(a, b time.Time) bool { return b.Unix() > a.Unix() }

// Regret asks for those of the files that were removed to which sums refer: written down while they were removed.
// Whoever wrote it has them.
func (s *Survey) Regret(gone Swept, sums Sums) (again int, err error) {
	here := s.d.keys.hiddenNames(sums)
	for _, name := range gone.names {
		hidden := path.Base(name)
		if short, _ := shortOf(hidden); !here[short] {
			continue
		}
		again++
		if err := s.d.act(s.ctx, func(ctx context.Context) error {
			return s.d.engine.Put(ctx, s.d.keys.asked(hidden), 1, strings.NewReader("?"))
		}); err != nil {
			return again, s.d.noted(err)
		}
	}
	return again, nil
}

// stands makes sure that an object, which is there as it should be, stays: nobody sweeps it from now on. Errors:
// NotFound where it has gone meanwhile; errSwept; those of the engine.
func (d *Depot) stands(ctx context.Context, hidden string, size int64) error {
	claim := d.keys.fresh(hidden)
	if err := d.engine.Put(ctx, claim, 1, strings.NewReader("!")); err != nil {
		return err
	}
	is, err := d.engine.Stat(ctx, claim)
	if err != nil {
		return err
	}
	sweeping := false
	if err := d.engine.List(ctx, d.keys.prefix+"/sweep", func(o Object) error {
		sweeping = sweeping || is.At.Sub(o.At) < sweepDead
		return nil
	}); err != nil {
		return err
	}
	there, err := d.engine.Stat(ctx, d.keys.object(hidden)) // after the mark: what a sweep removes has gone by then
	switch {
	case err != nil:
		return err
	case there.Size != size:
		return NoFile(nil)
	case sweeping:
		return errSwept
	}
	return nil
}

package depot

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

const (
	firstPause = time.Second // before an engine that was away is asked again
	mostPause  = 10 * time.Second
	rest       = 30 * time.Second // before it is looked whether anybody asks for a file
)

// Options say what a Depot works with.
type Options struct {
	Engine Engine       // taken over
	Key    []byte       // of the contest's log
	Blobs  *store.Blobs // the folder of this computer
	List   string       // the folder for the list of what is still to be sent
	Name   string       // of this computer, for the others: one of its own for each
	Ring   func()       // called when files came, or the engine went away or came back; may be nil
	// what the contest and its copies here refer to: no other files are sent because the engine lacks them, or those
	// would come back that were swept; nil: all that are here
	Refers func(context.Context) (Sums, error)
	Stall  time.Duration
}

// Depot implements store.Depot.
type Depot struct {
	engine Engine
	keys   keys
	name   string
	blobs  *store.Blobs
	queue  *queue
	ring   func()
	refers func(context.Context) (Sums, error)
	stall  time.Duration

	mu      sync.Mutex
	trouble error           // why the engine did not do what it was last asked
	wanted  map[string]bool // files that were missed here; true: asked for
	damaged map[string]bool // files that are not whole here
	late    bool            // what is here is to be compared with what is there

	ctx     context.Context // ends with Close
	end     context.CancelFunc
	wake    chan struct{}
	working sync.WaitGroup
}

var _ store.Depot = (*Depot)(nil)

// Status is how a depot stands.
type Status struct {
	Unsent  int   // files that are on this computer only
	Missing int   // files that were asked for and did not come
	Damaged int   // of the unsent, those that are damaged here
	Trouble error // why the engine did not do what it was last asked; nil where it did
}

// Open lays a depot behind the folder of o, and goes on with what was left to do, without waiting for it. Errors: those
// of the list's folder; the engine is closed then.
func Open(o Options) (*Depot, error) {
	d := &Depot{engine: o.Engine, name: o.Name, blobs: o.Blobs, ring: o.Ring, refers: o.Refers, stall: o.Stall,
		wanted: map[string]bool{}, damaged: map[string]bool{}, wake: make(chan struct{}, 1)}
	if d.ring == nil {
		d.ring = func() {}
	}
	if d.stall == 0 {
		d.stall = stall
	}
	var err error
	if d.keys, err = keysOf(o.Key); err == nil {
		d.queue, err = openQueue(o.List)
	}
	if err != nil {
		return nil, errors.Join(err, o.Engine.Close())
	}
	d.ctx, d.end = context.WithCancel(context.Background())
	d.blobs.Behind(d)
	d.working.Go(d.tend)
	return d, nil
}

// Close ends what is under way; what was not sent stays on the list.
func (d *Depot) Close() error {
	d.blobs.Behind(nil)
	d.end()
	d.working.Wait()
	return d.engine.Close()
}

// Status tells how the depot stands.
func (d *Depot) Status() Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	return Status{Unsent: d.queue.len(), Missing: len(d.wanted), Damaged: len(d.damaged), Trouble: d.trouble}
}

// noted keeps how the engine answered, and reports whether that is news.
func (d *Depot) noted(err error) error {
	d.mu.Lock()
	was := d.trouble
	switch code := judging.CodeOf(err); {
	case err == nil || code == judging.NotFound || code == judging.Corrupt:
		d.trouble = nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		d.mu.Unlock()
		return err
	default:
		d.trouble = err
	}
	now := d.trouble
	d.mu.Unlock()
	if (was == nil) != (now == nil) {
		d.ring()
	}
	return err
}

func (d *Depot) away() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.trouble
}

// both ends with ctx and with the depot.
func (d *Depot) both(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	leave := context.AfterFunc(d.ctx, cancel)
	return ctx, func() { leave(); cancel() }
}

// Kept implements store.Depot: the file is on the list, and then in the engine if that answers. Only the list can fail.
func (d *Depot) Kept(ctx context.Context, b store.Blob) error {
	if err := d.queue.add(b.Sum); err != nil {
		return err
	}
	if d.away() != nil {
		return nil
	}
	ctx, cancel := d.both(ctx)
	defer cancel()
	if err := d.send(ctx, b.Sum, false); err != nil {
		d.rouse()
	}
	return ctx.Err()
}

// send stores a file of this computer in the engine and takes it off the list. One that is there, as long as it should
// be, is not sent again unless it is forced to.
func (d *Depot) send(ctx context.Context, sum string, force bool) error {
	f, err := d.blobs.OpenHere(sum)
	if errors.Is(err, judging.ErrNotFound) {
		return d.queue.done(sum) // nobody needs what was removed here before anybody heard of it
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return store.Translate(sum, err)
	}
	hidden, size := d.keys.hidden(sum), sealedSize(info.Size())
	name := d.keys.object(hidden)
	m := d.moving(ctx, size)
	defer m.stop()
	if !force {
		there, err := d.engine.Stat(m.ctx, name)
		if err == nil && there.Size == size {
			err = d.stands(m.ctx, hidden, size)
		}
		switch {
		case err == nil && there.Size == size:
			return d.sent(sum, nil)
		case errors.Is(err, errSwept):
			return err
		case err != nil && !errors.Is(err, judging.ErrNotFound):
			return d.noted(m.answer(err))
		}
	}
	r, err := d.keys.seal(f, sum, info.Size())
	if err != nil {
		return err
	}
	watched := &watch{r: r}
	err = d.engine.Put(m.ctx, name, size, &moved{m, watched})
	if errors.Is(watched.err, errDamaged) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.damaged[sum] = true
		return judging.Fail(judging.Corrupt, "store.blob_corrupt", judging.Args{"Sum": sum}).Because(err)
	}
	return d.sent(sum, m.answer(err))
}

func (d *Depot) sent(sum string, err error) error {
	if err = d.noted(err); err != nil {
		return err
	}
	d.mu.Lock()
	delete(d.damaged, sum)
	d.mu.Unlock()
	return d.queue.done(sum)
}

// watch keeps the error of a reader, whatever the engine makes of it.
type watch struct {
	r   io.Reader
	err error
}

func (w *watch) Read(p []byte) (n int, err error) {
	if n, err = w.r.Read(p); err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// Fetch implements store.Depot. A file that the engine lacks, or has not as it was written, is asked for.
func (d *Depot) Fetch(ctx context.Context, sum string, w io.Writer) error {
	if err := d.away(); err != nil {
		d.miss(sum)
		return err
	}
	ctx, cancel := d.both(ctx)
	defer cancel()
	err := d.get(ctx, sum, w)
	d.noted(err)
	if err != nil {
		d.miss(sum)
		return err
	}
	d.mu.Lock()
	delete(d.wanted, sum)
	d.mu.Unlock()
	return nil
}

func (d *Depot) get(ctx context.Context, sum string, w io.Writer) error {
	m := d.moving(ctx, 0)
	defer m.stop()
	in, err := d.engine.Get(m.ctx, d.keys.object(d.keys.hidden(sum)))
	if err != nil {
		return m.answer(err)
	}
	defer in.Close()
	return m.answer(d.keys.open(w, &moved{m, in}, sum))
}

// miss notes that a file is missed here.
func (d *Depot) miss(sum string) {
	d.mu.Lock()
	if _, there := d.wanted[sum]; !there {
		d.wanted[sum] = false
	}
	d.mu.Unlock()
	d.rouse()
}

func (d *Depot) rouse() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

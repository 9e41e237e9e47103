package play

import (
	"fmt"
	"image"
	"io"
	"strconv"
	"sync"
	"time"
)

// Bounds of the pictures of a film.
const (
	maxPixels = 1920 * 1080
	minSide   = 32
	maxRate   = 30 // pictures a second
)

// firstPicture is how long the first picture of a place is waited for.
const firstPicture = 5 * time.Second

// Reel gives the pictures of a film, each at its time, made by ffmpeg at one size with black around them.
type Reel struct {
	tools   Tools
	address string
	format  string
	rate    float64

	one     sync.Mutex
	size    image.Point
	running *run
	shown   *image.RGBA
	next    *still
	closed  bool
}

// run is one ffmpeg from one place on.
type run struct {
	child *child
	from  time.Duration
	came  chan *still
	free  chan *image.RGBA
	quit  chan struct{}
	done  chan struct{}
}

// still is a picture and its time.
type still struct {
	at time.Duration
	*image.RGBA
}

func newReel(tools Tools, address, format string, rate float64) *Reel {
	return &Reel{
		tools: tools, address: address, format: format, rate: min(max(rate, 1), maxRate), size: image.Pt(640, 360),
	}
}

// Resize has pictures made at another size from the next GoTo on, and reports whether it is another. It is made even
// and bounded.
func (r *Reel) Resize(to image.Point) bool {
	to = image.Pt(max(to.X, minSide), max(to.Y, minSide))
	for to.X*to.Y > maxPixels {
		to = image.Pt(to.X*9/10, to.Y*9/10)
	}
	to = image.Pt(to.X&^1, to.Y&^1)
	r.one.Lock()
	defer r.one.Unlock()
	changed := to != r.size
	r.size = to
	return changed
}

// GoTo goes to a place of the film and waits for its picture, for a few seconds at most. Errors: Unavailable
// "media.no_ffmpeg".
func (r *Reel) GoTo(at time.Duration) error {
	r.one.Lock()
	defer r.one.Unlock()
	r.stop()
	if r.closed {
		return nil
	}
	now, err := r.start(at)
	if err != nil {
		return err
	}
	r.running = now
	late := time.NewTimer(firstPicture)
	defer late.Stop()
	select {
	case r.next = <-now.came: // nil where there is none
	case <-late.C:
	}
	return nil
}

func (r *Reel) start(at time.Duration) (*run, error) {
	in, err := input(r.address, r.format)
	if err != nil {
		return nil, err
	}
	w, h := r.size.X, r.size.Y
	shape := fmt.Sprintf("fps=fps=%s:start_time=0,scale=iw*sar:ih,setsar=1,"+
		"scale=%d:%d:force_original_aspect_ratio=decrease,pad=%d:%d:(ow-iw)/2:(oh-ih)/2:black",
		strconv.FormatFloat(r.rate, 'f', 3, 64), w, h, w, h)
	args := append([]string{"-nostdin", "-ss", seconds(at)}, in...)
	args = append(args, "-map", "0:v:0", "-an", "-sn", "-dn", "-vf", shape, "-pix_fmt", "rgba")
	args = append(args, "-f", "rawvideo", "pipe:1")
	c, err := launch(r.tools.FFmpeg, args...)
	if err != nil {
		return nil, err
	}
	now := &run{
		child: c, from: at,
		came: make(chan *still, 2), free: make(chan *image.RGBA, 6),
		quit: make(chan struct{}), done: make(chan struct{}),
	}
	go now.pump(image.Rect(0, 0, w, h), r.rate)
	return now, nil
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

// pump reads pictures until there are no more, or nobody wants them.
func (n *run) pump(bounds image.Rectangle, rate float64) {
	defer close(n.done)
	defer close(n.came)
	for i := 0; ; i++ {
		var p *image.RGBA
		select {
		case p = <-n.free:
		default:
			p = image.NewRGBA(bounds)
		}
		if _, err := io.ReadFull(n.child, p.Pix); err != nil {
			return
		}
		at := n.from + time.Duration(float64(i)/rate*float64(time.Second))
		select {
		case n.came <- &still{at, p}:
		case <-n.quit:
			return
		}
	}
}

// Picture is the picture that is due at a place, nil where it is the one that was given last, or none is there yet.
// Pictures that came too late are passed over. It waits for nothing.
func (r *Reel) Picture(at time.Duration) *image.RGBA {
	if !r.one.TryLock() {
		return nil
	}
	defer r.one.Unlock()
	var due *image.RGBA
	for r.upcoming() {
		// the first picture of a place is shown at once
		if r.next.at > at && r.next.at > r.running.from {
			break
		}
		r.reuse(r.shown)
		r.shown, due, r.next = r.next.RGBA, r.next.RGBA, nil
	}
	return due
}

// Poster is the picture at a place, nil where none comes. Nothing runs on behind it. Errors: those of GoTo.
func (r *Reel) Poster(at time.Duration) (*image.RGBA, error) {
	if err := r.GoTo(at); err != nil {
		return nil, err
	}
	p := r.Picture(at)
	r.one.Lock()
	defer r.one.Unlock()
	r.stop()
	r.shown = nil // it is the caller's
	return p, nil
}

// upcoming reports whether the next picture is there.
func (r *Reel) upcoming() bool {
	if r.running == nil || r.next != nil {
		return r.running != nil
	}
	select {
	case r.next = <-r.running.came: // nil behind the last
	default:
	}
	return r.next != nil
}

// reuse gives a picture back to be written over.
func (r *Reel) reuse(p *image.RGBA) {
	if p == nil || p.Rect.Size() != r.size {
		return
	}
	select {
	case r.running.free <- p:
	default:
	}
}

// stop ends the ffmpeg under way. The picture shown stays.
func (r *Reel) stop() {
	if r.running == nil {
		return
	}
	close(r.running.quit)
	r.running.child.stop()
	<-r.running.done
	r.running, r.next = nil, nil
}

// Close ends what runs.
func (r *Reel) Close() error {
	r.one.Lock()
	defer r.one.Unlock()
	r.closed = true
	r.stop()
	return nil
}

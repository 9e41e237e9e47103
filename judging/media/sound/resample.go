package sound

import (
	"errors"
	"io"
	"math"
)

// Resampled reads a track at another rate than its own, through a windowed sinc that keeps what both rates can hold.
type Resampled struct {
	track *Track
	ratio float64   // frames of the track for each frame given out
	table []float32 // a filter for each phase
	half  int       // frames of the track to either side that count

	in    []float32 // frames of the track, the first of them number first
	first int64
	ended bool
	out   int64 // the next frame to give out
}

// phases is how many places between two frames a filter is made for.
const phases = 512

// reach is how many zeros of the sinc lie to either side.
const reach = 16

// Resample reads t at rate frames a second.
func Resample(t *Track, rate int) *Resampled {
	r := &Resampled{track: t, ratio: float64(t.rate) / float64(rate)}
	if t.rate == rate {
		return r
	}
	narrow := min(1, 1/r.ratio) * 0.96 // what is above it would come back as another pitch
	r.half = int(math.Ceil(reach / narrow))
	width := 2 * r.half
	r.table = make([]float32, (phases+1)*width)
	for phase := range phases + 1 {
		row, sum := r.table[phase*width:(phase+1)*width], 0.0
		values := make([]float64, width)
		for i := range values {
			x := float64(i-r.half+1) - float64(phase)/phases
			values[i] = narrow * sinc(x*narrow) * blackman(x/float64(r.half))
			sum += values[i]
		}
		for i, v := range values {
			row[i] = float32(v / sum)
		}
	}
	return r
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// blackman is the window of Blackman between -1 and 1.
func blackman(x float64) float64 {
	if x < -1 || x > 1 {
		return 0
	}
	return 0.42 + 0.5*math.Cos(math.Pi*x) + 0.08*math.Cos(2*math.Pi*x)
}

// Frames is how many frames there are at the new rate, 0 where that is not known.
func (r *Resampled) Frames() int64 { return int64(float64(r.track.frames) / r.ratio) }

// Read is Track.Read at the new rate.
func (r *Resampled) Read(p []float32) (int, error) {
	if r.table == nil {
		return r.track.Read(p)
	}
	width, n := 2*r.half, 0
	for ; n+Channels <= len(p); n += Channels {
		place := float64(r.out) * r.ratio
		at := int64(place)
		from := at - int64(r.half) + 1
		if err := r.need(from, at+int64(r.half)+1); err != nil && !errors.Is(err, io.EOF) {
			return n, err
		}
		if r.ended && at >= r.first+int64(len(r.in)/Channels) {
			break
		}
		phase := int((place-float64(at))*phases + 0.5)
		p[n], p[n+1] = r.filter(r.table[phase*width:(phase+1)*width], from)
		r.out++
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// filter weighs the frames from a place on; what lies outside the track is silence.
func (r *Resampled) filter(weights []float32, from int64) (left, right float32) {
	off := int(from-r.first) * Channels
	for _, w := range weights {
		if off >= 0 && off+1 < len(r.in) {
			left += w * r.in[off]
			right += w * r.in[off+1]
		}
		off += Channels
	}
	return left, right
}

// need reads on until the frames before to are there, and lets go of those before from.
func (r *Resampled) need(from, to int64) error {
	for !r.ended && r.first+int64(len(r.in)/Channels) < to {
		if drop := int(from-r.first) * Channels; drop > 8192 {
			r.in = append(r.in[:0], r.in[min(drop, len(r.in)):]...)
			r.first = from
		}
		had := len(r.in)
		r.in = append(r.in, make([]float32, 4096)...)
		n, err := r.track.Read(r.in[had:])
		r.in = r.in[:had+n]
		if err != nil {
			r.ended = errors.Is(err, io.EOF)
			return err
		}
	}
	return nil
}

// GoTo goes to a frame at the new rate. Errors: those of Track.GoTo.
func (r *Resampled) GoTo(frame int64) error {
	if r.table == nil {
		return r.track.GoTo(frame)
	}
	r.out, r.ended = max(frame, 0), false
	r.first = max(int64(float64(r.out)*r.ratio)-int64(r.half), 0)
	r.in = r.in[:0]
	return r.track.GoTo(r.first)
}

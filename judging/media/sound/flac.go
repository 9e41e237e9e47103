package sound

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/mewkiz/flac/frame"
	"github.com/mewkiz/flac/meta"
)

// lossless decodes FLAC. Of the parts before the frames only the first is read: the others hold words and pictures,
// and tables for seeking that need not be true.
type lossless struct {
	disk  *window
	info  *meta.StreamInfo
	data  int64 // where the frames begin
	now   *frame.Frame
	at    int   // samples of it that were given out
	start int64 // its first sample
	skip  int64 // samples to leave out: a seek goes to the frame before
}

// maxParts is how many parts before the frames are stepped over.
const maxParts = 1000

func openFLAC(w *window) (decoder, head, error) {
	from := int64(0)
	if b := w.peek(0, 10); len(b) == 10 && string(b[:3]) == "ID3" {
		from = 10 + (int64(b[6]&0x7F)<<21 | int64(b[7]&0x7F)<<14 | int64(b[8]&0x7F)<<7 | int64(b[9]&0x7F))
	}
	b := w.peek(from, 8)
	if len(b) < 8 || string(b[:4]) != "fLaC" || b[4]&0x7F != byte(meta.TypeStreamInfo) {
		return nil, head{}, errShape
	}
	if _, err := w.Seek(from+4, io.SeekStart); err != nil {
		return nil, head{}, err
	}
	block, err := meta.Parse(w)
	if err != nil {
		return nil, head{}, err
	}
	info, ok := block.Body.(*meta.StreamInfo)
	if !ok || info.NChannels < 1 || info.BlockSizeMax < 16 {
		return nil, head{}, errShape
	}
	d := &lossless{disk: w, info: info}
	if d.data, err = framesAt(w, from+4); err != nil {
		return nil, head{}, err
	}
	h := head{rate: int(info.SampleRate), frames: int64(info.NSamples)}
	if h.frames > 1<<40 {
		return nil, head{}, errShape
	}
	h.whole = d.ends()
	return d, h, d.seek(0)
}

// framesAt steps over the parts before the frames.
func framesAt(w *window, at int64) (int64, error) {
	for range maxParts {
		b := w.peek(at, 4)
		if len(b) < 4 {
			break
		}
		at += 4 + int64(binary.BigEndian.Uint32(b)&0xFFFFFF)
		if b[0]&0x80 != 0 {
			return at, nil
		}
	}
	return 0, errShape
}

// ends reports whether the last frame that was promised is there.
func (d *lossless) ends() bool {
	total := int64(d.info.NSamples)
	if total == 0 {
		return true
	}
	if d.seek(total-1) != nil {
		return false
	}
	for d.next() == nil {
		if d.start+int64(d.now.BlockSize) >= total {
			return true
		}
	}
	return false
}

func (d *lossless) next() error {
	f, err := frame.Parse(d.disk)
	if err != nil {
		d.now = nil
		return err
	}
	if len(f.Subframes) == 0 || f.BlockSize == 0 {
		return errShape
	}
	d.now, d.at, d.start = f, 0, d.sampleOf(f)
	return nil
}

// sampleOf is the first sample of a frame. In streams of one block size, headers count frames.
func (d *lossless) sampleOf(f *frame.Frame) int64 {
	if f.HasFixedBlockSize {
		return int64(f.Num) * int64(d.info.BlockSizeMax)
	}
	return int64(f.Num)
}

func (d *lossless) read(p []float32) (int, error) {
	for d.now == nil || d.at >= int(d.now.BlockSize) {
		if err := d.next(); err != nil {
			return 0, err
		}
		if d.skip > d.start {
			d.at = int(min(d.skip-d.start, int64(d.now.BlockSize)))
		}
	}
	left, right := d.now.Subframes[0].Samples, d.now.Subframes[min(1, len(d.now.Subframes)-1)].Samples
	bits := d.now.BitsPerSample
	if bits == 0 {
		bits = d.info.BitsPerSample
	}
	full := float32(int64(1) << (max(bits, 1) - 1))
	n := min(len(p)/Channels, len(left)-d.at, len(right)-d.at)
	if n <= 0 {
		return 0, errShape
	}
	for i := range n {
		p[2*i], p[2*i+1] = float32(left[d.at+i])/full, float32(right[d.at+i])/full
	}
	d.at += n
	return n * Channels, nil
}

// Bounds of looking for a frame.
const (
	nearEnough = 96 << 10 // bytes that are decoded rather than halved again
	maxLook    = 1 << 20  // bytes that are searched for a frame
)

// seek halves the file until the frame is near, and decodes from there.
func (d *lossless) seek(sample int64) error {
	low, high := d.data, d.disk.size()
	for high-low > nearEnough {
		mid := low + (high-low)/2
		at, start := d.frameFrom(mid, high)
		if at < 0 || start > sample {
			high = mid
			continue
		}
		low = at
	}
	d.now, d.skip = nil, sample
	_, err := d.disk.Seek(low, io.SeekStart)
	return err
}

// frameFrom finds the first whole frame between two places, and its first sample; -1 for none.
func (d *lossless) frameFrom(from, to int64) (at, sample int64) {
	for at := from; at < min(to, from+maxLook); at++ {
		b := d.disk.peek4(at)
		if b == nil {
			break
		}
		if b[0] != 0xFF || b[1]&0xFE != 0xF8 {
			continue
		}
		if _, err := d.disk.Seek(at, io.SeekStart); err != nil {
			break
		}
		if f, err := parseFrame(d.disk); err == nil {
			return at, d.sampleOf(f)
		}
	}
	return -1, 0
}

// parseFrame decodes what may be a frame by chance: the library's panics over it are errors.
func parseFrame(r io.Reader) (f *frame.Frame, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("not a frame")
		}
	}()
	return frame.Parse(r)
}

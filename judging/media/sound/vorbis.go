package sound

import (
	"io"

	"github.com/jfreymuth/oggvorbis"
)

// vorbis decodes Ogg Vorbis.
type vorbis struct {
	from     *oggvorbis.Reader
	channels int
	raw      []float32
}

func openVorbis(w *window) (decoder, head, error) {
	found, err := walkPages(w)
	if err != nil {
		return nil, head{}, err
	}
	if err := checkSetup(found.setup); err != nil {
		return nil, head{}, err
	}
	w.cut(0, found.end)
	d, err := oggvorbis.NewReader(w)
	if err != nil {
		return nil, head{}, err
	}
	if d.Channels() < 1 {
		return nil, head{}, errShape
	}
	return &vorbis{from: d, channels: d.Channels()}, head{d.SampleRate(), found.frames, found.last}, nil
}

func (d *vorbis) read(p []float32) (int, error) {
	if d.raw == nil {
		d.raw = make([]float32, 1024*d.channels)
	}
	n, err := 0, error(nil)
	for n == 0 && err == nil { // the first packets after a seek give nothing
		n, err = d.from.Read(d.raw[:min(len(d.raw), len(p)/Channels*d.channels)])
	}
	if n == 0 {
		return 0, err
	}
	right := 0
	switch d.channels {
	case 1:
	case 2, 4:
		right = 1
	default:
		right = 2 // left, center, right …
	}
	n /= d.channels
	for i := range n {
		p[2*i], p[2*i+1] = clean(d.raw[i*d.channels]), clean(d.raw[i*d.channels+right])
	}
	return n * Channels, nil
}

func (d *vorbis) seek(frame int64) error {
	err := d.from.SetPosition(frame)
	if err == io.EOF {
		return nil
	}
	return err
}

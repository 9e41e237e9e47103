package pictures

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"slices"

	"fayi/judging/media/trace"
)

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	jpegSOI, jpegEOI, jpegSOS   = 0xD8, 0xD9, 0xDA
	jpegRST0, jpegRST7, jpegTEM = 0xD0, 0xD7, 0x01
	jpegAPP0, jpegAPP1          = 0xE0, 0xE1
	jpegAPP2, jpegAPP13         = 0xE2, 0xED
	jpegAPP14, jpegAPP15        = 0xEE, 0xEF
	jpegCOM                     = 0xFE
)

// JPEG copies the segments that make the picture, bit by bit. What follows its end (the film of a "live"
// photograph, a second picture) is left out.
func JPEG(j *trace.Job) error {
	in := bufio.NewReaderSize(io.NewSectionReader(j.Src, 0, j.Size), 256<<10)
	out := bufio.NewWriterSize(j.Out, 256<<10)
	p := &jpegCopy{Job: j, in: in, out: out, orientation: 1}
	if err := p.run(); err != nil {
		return err
	}
	if _, err := in.ReadByte(); err == nil {
		j.Lost(trace.Unnamed)
	}
	return out.Flush()
}

// jpegCopy is a JPEG file on its way. Segments before the first that is not APPn or COM are held back until the
// orientation is known.
type jpegCopy struct {
	*trace.Job
	in          *bufio.Reader
	out         *bufio.Writer
	held        bytes.Buffer
	orientation int
	begun       bool
	scans       int
	profile     [][]byte // pieces of the colour profile
	met         byte     // marker at which a scan ended, 0 for none
}

func (p *jpegCopy) run() error {
	start := make([]byte, 2)
	if _, err := io.ReadFull(p.in, start); err != nil || start[0] != 0xFF || start[1] != jpegSOI {
		return trace.ErrBroken
	}
	p.out.Write(start)
	for n := 0; ; n++ {
		if n%256 == 0 && p.Ctx.Err() != nil {
			return p.Ctx.Err()
		}
		marker, err := p.marker()
		if err == io.EOF && p.scans > 0 {
			// many cameras and chat programs cut the last bytes; viewers show the picture all the same
			marker, err = jpegEOI, nil
		}
		if err != nil {
			return err
		}
		done, err := p.segment(marker)
		if done || err != nil {
			return err
		}
	}
}

// marker reads up to the next marker, over filling.
func (p *jpegCopy) marker() (b byte, err error) {
	if p.met != 0 {
		b, p.met = p.met, 0
	} else if b, err = p.in.ReadByte(); err == nil && b != 0xFF {
		return 0, trace.ErrBroken
	}
	for b == 0xFF && err == nil {
		b, err = p.in.ReadByte()
	}
	return b, err
}

func (p *jpegCopy) segment(marker byte) (done bool, err error) {
	switch {
	case marker == jpegEOI:
		p.begin()
		_, err = p.out.Write([]byte{0xFF, jpegEOI})
		return true, err
	case marker == jpegTEM, marker >= jpegRST0 && marker <= jpegSOI:
		return false, trace.ErrBroken
	}
	var size [2]byte
	if _, err := io.ReadFull(p.in, size[:]); err != nil {
		return false, err
	}
	n := int(binary.BigEndian.Uint16(size[:])) - 2
	if n < 0 {
		return false, trace.ErrBroken
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(p.in, body); err != nil {
		return false, err
	}
	if keep := p.judge(marker, body); keep != nil {
		p.put(marker, keep)
	}
	if marker == jpegSOS {
		p.scans++
		return false, p.scan()
	}
	return false, nil
}

// judge returns what of a segment goes into the copy, nil for nothing.
func (p *jpegCopy) judge(marker byte, body []byte) []byte {
	switch {
	case marker >= 0xC0 && marker <= 0xCF && marker != 0xC8, marker >= jpegSOS && marker <= 0xDF:
		return body // frames, tables, scans
	case marker < jpegAPP0, marker > jpegAPP15 && marker != jpegCOM:
		p.Lost(trace.Unnamed) // reserved: whatever stands there is no picture
		return nil
	}
	has := func(sig string) bool { return bytes.HasPrefix(body, []byte(sig)) }
	switch {
	case marker == jpegAPP0 && has("JFIF\x00") && len(body) >= 14:
		if len(body) > 14 {
			p.Lost(trace.Preview)
		}
		keep := bytes.Clone(body[:14])
		keep[12], keep[13] = 0, 0 // no small picture
		return keep
	case marker == jpegAPP14 && has("Adobe") && len(body) >= 12:
		return body[:12]
	case marker == jpegAPP2 && has("ICC_PROFILE\x00") && len(body) >= 14:
		if !p.begun {
			p.profile = append(p.profile, bytes.Clone(body))
		}
	case marker == jpegAPP1 && has("Exif\x00"):
		x := readExif(body[min(6, len(body)):])
		if x.orientation != 1 && !p.begun {
			p.orientation = x.orientation
		}
		p.Lost(x.traces...)
	case marker == jpegAPP1:
		p.Lost(trace.Unnamed) // XMP
	case marker == jpegAPP13:
		p.Lost(trace.Author, trace.Title)
	case marker == jpegCOM:
		p.Lost(trace.Comment)
	default:
		p.Lost(trace.Unnamed)
	}
	return nil
}

func (p *jpegCopy) put(marker byte, body []byte) {
	app := marker >= jpegAPP0 && marker <= jpegAPP15
	if !app {
		p.begin()
	}
	var to io.Writer = p.out
	if !p.begun {
		to = &p.held
	}
	size := len(body) + 2
	to.Write([]byte{0xFF, marker, byte(size >> 8), byte(size)})
	to.Write(body) // a bufio.Writer keeps its error until Flush
}

// begin writes what was held back: JFIF must come first, then how the picture is held.
func (p *jpegCopy) begin() {
	if p.begun {
		return
	}
	p.begun = true
	held := p.held.Bytes()
	if len(held) > 4 && held[1] == jpegAPP0 {
		n := 2 + int(binary.BigEndian.Uint16(held[2:]))
		p.out.Write(held[:n])
		held = held[n:]
	}
	p.putProfile()
	if p.orientation != 1 {
		p.put(jpegAPP1, append([]byte("Exif\x00\x00"), plainExif(p.orientation)...))
	}
	p.out.Write(held)
}

// scan copies coded pixels up to the next marker that is not theirs.
func (p *jpegCopy) scan() error {
	for {
		chunk, err := p.in.ReadSlice(0xFF)
		switch {
		case err == bufio.ErrBufferFull, err == io.EOF:
			p.out.Write(chunk)
			if err == io.EOF {
				return nil
			}
			continue
		case err != nil:
			return err
		}
		p.out.Write(chunk[:len(chunk)-1])
		next, err := p.in.ReadByte()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if next != 0 && (next < jpegRST0 || next > jpegRST7) {
			p.met = next
			return nil
		}
		p.out.Write([]byte{0xFF, next})
	}
}

// putProfile writes the colour profile without its words, in the pieces in which it came.
func (p *jpegCopy) putProfile() {
	const head = 14
	slices.SortStableFunc(p.profile, func(a, b []byte) int { return cmp.Compare(a[head-2], b[head-2]) })
	var whole []byte
	for _, piece := range p.profile {
		whole = append(whole, piece[head:]...)
	}
	clean := CleanICC(whole)
	if clean == nil {
		if len(whole) > 0 {
			p.Lost(trace.Unnamed)
		}
		return
	}
	if !bytes.Equal(clean, whole) {
		p.Lost(trace.Device)
	}
	for _, piece := range p.profile {
		n := len(piece) - head
		p.put(jpegAPP2, append(piece[:head:head], clean[:n]...))
		clean = clean[n:]
	}
}

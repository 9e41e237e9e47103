package recordings

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"

	"fayi/judging"
	"fayi/judging/media/trace"
)

// Ogg writes the comment packets of sound in Vorbis, Opus and FLAC again, empty. Pages are numbered and summed
// again (RFC 3533).
func Ogg(j *trace.Job) error {
	o := &oggCopy{
		Job:     j,
		in:      bufio.NewReaderSize(io.NewSectionReader(j.Src, 0, j.Size), 256<<10),
		streams: map[uint32]*oggStream{},
	}
	for n := 0; ; n++ {
		if n%256 == 0 && j.Ctx.Err() != nil {
			return j.Ctx.Err()
		}
		p, err := o.read()
		if err == io.EOF && n > 0 {
			for _, s := range o.streams {
				if !s.gone && !s.done {
					return trace.ErrBroken
				}
			}
			if !o.kept {
				return judging.Fail(judging.Invalid, "scrub.unknown", nil)
			}
			return nil
		}
		if err != nil {
			return err
		}
		if err := o.page(p); err != nil {
			return err
		}
	}
}

type oggCopy struct {
	*trace.Job
	in      *bufio.Reader
	streams map[uint32]*oggStream
	kept    bool // something is in the copy
}

// oggStream is one stream: its head packets are gathered until the last, then written again.
type oggStream struct {
	heads   int // packets before the sound begins; 0 when nothing is known of the stream
	packets [][]byte
	open    []byte // a packet that goes on in the next page
	done    bool
	gone    bool   // not in the copy
	next    uint32 // number of the next page
}

type oggPage struct {
	flags  byte
	place  uint64 // of the sound, in samples
	serial uint32
	sizes  []byte
	body   []byte
}

const oggContinued, oggFirst, oggMaxHead = 1, 2, 32 << 20

func (o *oggCopy) read() (oggPage, error) {
	h := make([]byte, 27)
	if _, err := io.ReadFull(o.in, h); err != nil {
		if err == io.ErrUnexpectedEOF && len(o.streams) > 0 {
			o.Lost(trace.Unnamed)
			err = io.EOF
		}
		return oggPage{}, err
	}
	if string(h[:4]) != "OggS" {
		if len(o.streams) == 0 {
			return oggPage{}, trace.ErrBroken
		}
		o.Lost(trace.Unnamed) // a tag behind the sound
		return oggPage{}, io.EOF
	}
	p := oggPage{
		flags:  h[5],
		place:  binary.LittleEndian.Uint64(h[6:]),
		serial: binary.LittleEndian.Uint32(h[14:]),
		sizes:  make([]byte, h[26]),
	}
	if _, err := io.ReadFull(o.in, p.sizes); err != nil {
		return p, trace.ErrBroken
	}
	n := 0
	for _, s := range p.sizes {
		n += int(s)
	}
	p.body = make([]byte, n)
	if _, err := io.ReadFull(o.in, p.body); err != nil {
		return p, trace.ErrBroken
	}
	return p, nil
}

func (o *oggCopy) page(p oggPage) error {
	s := o.streams[p.serial]
	if s == nil {
		if len(o.streams) >= 64 {
			return trace.ErrBroken
		}
		s = &oggStream{heads: oggHeads(p.body)}
		s.done = s.heads == 0
		if s.gone = s.done; s.gone {
			o.Lost(trace.Title) // subtitles and the like, or a way of coding that no reader of today has
		}
		o.streams[p.serial] = s
	}
	if s.gone {
		return nil
	}
	o.kept = true
	if s.done {
		return o.Write(s.number(p))
	}
	if p.flags&oggFirst != 0 && len(s.packets) == 0 {
		if n := oggFirstSize(p.body); len(p.sizes) != 1 || len(p.body) < n {
			return trace.ErrBroken // the first packet stands alone on its page
		} else if len(p.body) > n {
			o.Lost(trace.Unnamed)
			p.body, p.sizes = p.body[:n], []byte{byte(n)}
		}
		s.packets = append(s.packets, p.body)
		return o.Write(s.number(p))
	}
	return o.head(s, p)
}

// oggHeads tells by the first packet how many packets stand before the sound.
func oggHeads(first []byte) int {
	switch {
	case bytes.HasPrefix(first, []byte("\x01vorbis")):
		return 3
	case bytes.HasPrefix(first, []byte("OpusHead")):
		return 2
	case bytes.HasPrefix(first, []byte("\x80theora")):
		return 3
	case bytes.HasPrefix(first, []byte("\x7FFLAC")) && len(first) > 9:
		if n := int(binary.BigEndian.Uint16(first[7:])); n > 0 {
			return 1 + n
		}
	}
	return 0
}

// oggFirstSize is how long the first packet of a stream is.
func oggFirstSize(first []byte) int {
	switch {
	case bytes.HasPrefix(first, []byte("\x01vorbis")):
		return 30
	case bytes.HasPrefix(first, []byte("\x80theora")):
		return 42
	case bytes.HasPrefix(first, []byte("\x7FFLAC")):
		return 13 + 4 + 34
	}
	return opusHeadSize(first)
}

// opusHeadSize is how long the description of a stream of Opus is (RFC 7845, 5.1).
func opusHeadSize(head []byte) int {
	const plain, mapping, channels = 19, 18, 9
	if len(head) > mapping && head[mapping] != 0 {
		return plain + 2 + int(head[channels])
	}
	return plain
}

// head gathers the packets of a page that stands before the sound.
func (o *oggCopy) head(s *oggStream, p oggPage) error {
	at := 0
	for i, size := range p.sizes {
		s.open = append(s.open, p.body[at:at+int(size)]...)
		at += int(size)
		if len(s.open) > oggMaxHead {
			return trace.TooBig(oggMaxHead)
		}
		if size == 255 {
			continue
		}
		s.packets = append(s.packets, s.open)
		s.open = nil
		if len(s.packets) == s.heads {
			if i+1 < len(p.sizes) {
				return trace.ErrBroken // sound must begin on a page of its own
			}
			s.done = true
			return o.heads(s, p.serial)
		}
	}
	return nil
}

// heads writes the packets but the first, those of comments empty, each on pages of its own.
func (o *oggCopy) heads(s *oggStream, serial uint32) error {
	for _, packet := range s.packets[1:] {
		packet = o.comment(packet)
		flags := byte(0)
		for more := true; more; flags = oggContinued {
			n := min(len(packet), 255*255)
			p := oggPage{flags: flags, serial: serial, body: packet[:n]}
			for left := n; left >= 255; left -= 255 {
				p.sizes = append(p.sizes, 255)
			}
			if more = n == 255*255; !more {
				p.sizes = append(p.sizes, byte(n%255))
			} else {
				p.place = 1<<64 - 1
			}
			packet = packet[n:]
			if err := o.Write(s.number(p)); err != nil {
				return err
			}
		}
	}
	return nil
}

// comment returns the packet, without what it says when it is one of comments.
func (o *oggCopy) comment(packet []byte) []byte {
	empty := make([]byte, 8) // no vendor, no comments
	switch {
	case bytes.HasPrefix(packet, []byte("\x03vorbis")):
		o.Lost(trace.Author, trace.Title)
		return append([]byte("\x03vorbis"), append(empty, 1)...)
	case bytes.HasPrefix(packet, []byte("OpusTags")):
		o.Lost(trace.Author, trace.Title)
		return append([]byte("OpusTags"), empty...)
	case bytes.HasPrefix(packet, []byte("\x81theora")):
		o.Lost(trace.Author, trace.Title)
		return append([]byte("\x81theora"), empty...)
	case len(packet) >= 4 && packet[0]&0x7F == 4: // FLAC's
		o.Lost(trace.Author, trace.Title)
		return append([]byte{packet[0], 0, 0, 8}, empty...)
	case len(packet) >= 4 && packet[0]&0x7F == 2:
		o.Lost(trace.Unnamed)
		return []byte{packet[0]&0x80 | 1, 0, 0, 0}
	case len(packet) >= 4 && packet[0]&0x7F == 6:
		o.Lost(trace.Preview)
		return []byte{packet[0]&0x80 | 1, 0, 0, 0} // padding
	}
	return packet
}

// number gives a page its number and sum.
func (s *oggStream) number(p oggPage) []byte {
	b := append([]byte("OggS\x00"), p.flags)
	b = binary.LittleEndian.AppendUint64(b, p.place)
	b = binary.LittleEndian.AppendUint32(b, p.serial)
	b = binary.LittleEndian.AppendUint32(b, s.next)
	b = append(b, 0, 0, 0, 0, byte(len(p.sizes)))
	b = append(append(b, p.sizes...), p.body...)
	binary.LittleEndian.PutUint32(b[22:], oggSum(b))
	s.next++
	return b
}

var oggTable = func() (t [256]uint32) {
	for i := range t {
		r := uint32(i) << 24
		for range 8 {
			r = r<<1 ^ 0x04C11DB7*(r>>31)
		}
		t[i] = r
	}
	return t
}()

func oggSum(b []byte) (sum uint32) {
	for _, c := range b {
		sum = sum<<8 ^ oggTable[byte(sum>>24)^c]
	}
	return sum
}

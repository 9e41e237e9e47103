package scrub

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode"

	"fayi/judging/filetype"
)

// Here sounds, films and the pictures of cameras are read by their outline. What is packed in them is not left out, as
// in other pictures, since words may stand among it (subtitles, what a coder noted, tags at a place of their own): only
// what is too long to be there by chance is taken.
const leastPacked = 24 // letters of a run of ASCII

// cameraTags is how much behind the mark of a camera's tags is read as they are.
const cameraTags = 4 << 10

// recording adds the words of a sound, a film, a TIFF or a HEIC picture, and reports whether it is one.
func (r *remains) recording(data []byte) bool {
	t := filetype.Of(data[:min(len(data), 1024)], "")
	switch {
	case t.Clean == "wav" || t.Clean == "avi":
		end := max(min(8+int64(binary.LittleEndian.Uint32(data[4:])), int64(len(data))), 12)
		r.riff(data[12:end])
		r.loose(data[end:], 0)
	case t.Clean == "mp4" || t.Name == "heic":
		r.boxes(data)
	case t.Clean == "matroska":
		r.matroska(data)
	case t.Clean == "asf":
		r.asf(data)
	case t.Clean == "flac":
		r.flac(data)
	case t.Clean == "ogg":
		r.ogg(data)
	case t.Clean == "mp3", t.Clean == "amr":
		r.frames(data)
	case t.Clean == "tiff":
		r.tiff(data)
	default:
		return false
	}
	return true
}

// packed adds the runs of letters among packed bytes that are no accident, and all behind the marks of tags.
func (r *remains) packed(data []byte) {
	for _, tag := range [][]byte{[]byte("Exif\x00\x00II*\x00"), []byte("Exif\x00\x00MM\x00*")} {
		if at := bytes.Index(data, tag); at >= 0 {
			r.bytes(data[at:min(at+cameraTags, len(data))])
		}
	}
	begin := 0
	for i := 0; i <= len(data); i++ { // a letter of UTF-8 has only bytes that pass here
		if i < len(data) && data[i] >= 0x20 && data[i] != 0x7F {
			continue
		}
		if run := data[begin:i]; len(run) >= 3*leastHan {
			r.longer(run)
		}
		begin = i + 1
	}
}

// longer adds what of a run without control signs is text.
func (r *remains) longer(run []byte) {
	var text []rune
	flush := func() {
		ascii := !slices.ContainsFunc(text, func(c rune) bool { return c >= 0x80 })
		han := 0
		for _, c := range text {
			if unicode.Is(unicode.Han, c) {
				han++
			}
		}
		if ascii && len(text) >= leastPacked || han >= leastHan {
			r.run(string(text))
		}
		text = text[:0]
	}
	for _, c := range string(run) {
		if c < 0x7F || wordly(c) {
			text = append(text, c)
		} else {
			flush()
		}
	}
	flush()
}

// riff adds the words of the chunks of a WAV or an AVI.
func (r *remains) riff(data []byte) {
	for len(data) >= 8 && r.ctx.Err() == nil {
		name, size := string(data[:4]), int64(binary.LittleEndian.Uint32(data[4:]))
		end := min(8+size, int64(len(data)))
		body := data[8:end]
		switch {
		case name == "data" || name == "LIST" && bytes.HasPrefix(body, []byte("movi")) || name == "idx1":
			r.packed(body)
		default:
			r.loose(body, 0)
		}
		data = data[min(end+size%2, int64(len(data))):]
	}
	r.loose(data, 0)
}

// What is read of the boxes of a film: those that hold others, those that hold what is packed or numbers only, and
// those that say which programs can play it. All others are read as they are.
var (
	boxOfBoxes = []string{"moov", "trak", "mdia", "minf", "stbl", "edts", "moof", "traf", "mfra"}
	boxPacked  = []string{
		"mdat", "stts", "ctts", "stss", "stsc", "stsz", "stz2", "stco", "co64", "sdtp", "sbgp", "sidx", "trun", "tfra",
		"mvhd", "tkhd", "mdhd", "elst",
	}
	boxPlayers = []string{"ftyp", "styp"}
)

// boxes adds the words of the boxes of an MP4, a QuickTime or a HEIC file.
func (r *remains) boxes(data []byte) {
	for len(data) >= 8 && r.ctx.Err() == nil {
		body, size := uint64(8), uint64(binary.BigEndian.Uint32(data))
		switch {
		case size == 0:
			size = uint64(len(data))
		case size == 1 && len(data) >= 16:
			body, size = 16, binary.BigEndian.Uint64(data[8:])
		}
		if size < body {
			break
		}
		size = min(size, uint64(len(data)))
		switch kind := string(data[4:8]); {
		case slices.Contains(boxOfBoxes, kind):
			r.boxes(data[body:size])
		case slices.Contains(boxPacked, kind):
			r.packed(data[body:size])
		case !slices.Contains(boxPlayers, kind):
			r.loose(data[:size], 0)
		}
		data = data[size:]
	}
	r.loose(data, 0)
}

// matroska adds the words of a Matroska or WebM file, whose clusters hold what is packed.
func (r *remains) matroska(data []byte) {
	cluster := []byte{0x1F, 0x43, 0xB6, 0x75}
	first := bytes.Index(data, cluster)
	if first < 0 {
		r.loose(data, 0)
		return
	}
	r.loose(data[:first], 0)
	// tags may stand behind the clusters, or between them
	for data = data[first:]; len(data) > 0 && r.ctx.Err() == nil; {
		next := len(data)
		for _, id := range [][]byte{
			{0x12, 0x54, 0xC3, 0x67}, {0x19, 0x41, 0xA4, 0x69}, {0x15, 0x49, 0xA9, 0x66}, {0x10, 0x43, 0xA7, 0x70},
		} {
			if at := bytes.Index(data, id); at >= 0 {
				next = min(next, at)
			}
		}
		r.packed(data[:next])
		data = data[next:]
		end := bytes.Index(data, cluster)
		if end < 0 {
			end = len(data)
		}
		r.loose(data[:end], 0)
		data = data[end:]
	}
}

// asf adds the words of the objects of a WMA or WMV.
func (r *remains) asf(data []byte) {
	media := []byte("\x36\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C")
	for len(data) >= 24 && r.ctx.Err() == nil {
		size := binary.LittleEndian.Uint64(data[16:])
		if size < 24 {
			break
		}
		size = min(size, uint64(len(data)))
		if bytes.HasPrefix(data, media) {
			r.packed(data[24:size])
		} else {
			r.loose(data[:size], 0)
		}
		data = data[size:]
	}
	r.loose(data, 0)
}

// flac adds the words of the blocks before the sound.
func (r *remains) flac(data []byte) {
	data = r.id3(data)
	for at := min(4, len(data)); ; {
		if len(data)-at < 4 {
			r.frames(data[at:])
			return
		}
		last := data[at]&0x80 != 0
		end := min(at+4+int(binary.BigEndian.Uint32(data[at:])&0xFFFFFF), len(data))
		r.loose(data[at+4:end], 0)
		if at = end; last {
			r.frames(data[at:])
			return
		}
	}
}

// ogg adds the words of an Ogg's first pages, which are those at no time yet.
func (r *remains) ogg(data []byte) {
	for len(data) >= 27 && string(data[:4]) == "OggS" && r.ctx.Err() == nil {
		table := min(27+int(data[26]), len(data))
		end := table
		for _, n := range data[27:table] {
			end += int(n)
		}
		end = min(end, len(data))
		body := data[table:end]
		if binary.LittleEndian.Uint64(data[6:]) == 0 {
			tags, setup, _ := bytes.Cut(body, []byte("\x05vorbis"))
			r.loose(tags, 0)
			body = setup
		}
		r.packed(body)
		data = data[end:]
	}
	r.loose(data, 0)
}

// frames adds the words before and behind the frames of a sound.
func (r *remains) frames(data []byte) {
	data = r.id3(data)
	end := len(data)
	if end >= 128 && string(data[end-128:end-125]) == "TAG" {
		end -= 128
	}
	if at := bytes.Index(data[:end], []byte("LYRICSBEGIN")); at >= 0 {
		end = at
	}
	if at := bytes.Index(data[:end], []byte("APETAGEX")); at >= 0 {
		if end = at; len(data) >= at+16 { // it may stand behind what it names
			end = max(min(at, at+32-int(binary.LittleEndian.Uint32(data[at+12:])&0xFFFFFF)), 0)
		}
	}
	r.packed(data[:end])
	r.loose(data[end:], 0)
}

// id3 adds the words of tags before a sound and returns what follows.
func (r *remains) id3(data []byte) []byte {
	for len(data) >= 10 && string(data[:3]) == "ID3" {
		size := 10
		for i, b := range data[6:10] {
			size += int(b&0x7F) << (7 * (3 - i))
		}
		size = min(size, len(data))
		r.loose(data[:size], 0)
		data = data[size:]
	}
	return data
}

// tiff adds the words of a TIFF; its strips and tiles are packed.
func (r *remains) tiff(data []byte) {
	spans := stripsOf(data)
	slices.SortFunc(spans, func(a, b [2]int) int { return a[0] - b[0] })
	at := 0
	for _, s := range spans {
		if s[0] > at {
			r.loose(data[at:s[0]], 0)
		}
		if s[1] > at {
			r.packed(data[max(s[0], at):s[1]])
			at = s[1]
		}
	}
	r.loose(data[at:], 0)
}

// stripsOf returns where the strips and tiles of a TIFF stand, from and to. What lies outside the file is left out.
func stripsOf(data []byte) [][2]int {
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	var out [][2]int
	seen := map[int]bool{}
	for at := int(order.Uint32(data[4:])); at >= 8 && at+2 <= len(data) && !seen[at] && len(seen) < 1000; {
		seen[at] = true
		n := int(order.Uint16(data[at:]))
		end := at + 2 + 12*n
		if end+4 > len(data) {
			break
		}
		var from, size []int
		for e := data[at+2 : end]; len(e) >= 12; e = e[12:] {
			switch order.Uint16(e) {
			case 273, 324:
				from = tiffNumbers(data, e, order)
			case 279, 325:
				size = tiffNumbers(data, e, order)
			}
		}
		for i := range min(len(from), len(size)) {
			if from[i] >= 8 && from[i] < len(data) {
				out = append(out, [2]int{from[i], min(from[i]+size[i], len(data))})
			}
		}
		at = int(order.Uint32(data[end:]))
	}
	return out
}

// tiffNumbers reads the whole numbers of a TIFF's entry of 12 bytes.
func tiffNumbers(data, entry []byte, order binary.ByteOrder) []int {
	each, n := 4, int(order.Uint32(entry[4:]))
	if order.Uint16(entry[2:]) == 3 {
		each = 2
	}
	from := entry[8:12]
	if n > len(data)/each {
		return nil
	}
	if n*each > 4 {
		at := int(order.Uint32(entry[8:]))
		if at > len(data)-n*each {
			return nil
		}
		from = data[at:]
	}
	out := make([]int, n)
	for i := range out {
		if each == 2 {
			out[i] = int(order.Uint16(from[2*i:]))
		} else {
			out[i] = int(order.Uint32(from[4*i:]))
		}
	}
	return out
}

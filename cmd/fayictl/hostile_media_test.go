package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// pngOf writes a PNG whose head claims a size and whose pixels are what body writes, packed.
func pngOf(w io.Writer, wide, high uint32, depth, colour byte, before func(io.Writer), body func(io.Writer)) {
	say(w, "\x89PNG\r\n\x1A\n")
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, wide), high)
	pngChunk(w, "IHDR", append(head, depth, colour, 0, 0, 0))
	before(w)
	pngChunk(w, "IDAT", packed(body))
	pngChunk(w, "IEND", nil)
}

// jpegOf writes a picture whose blocks are all zero: each costs two bits, or as many scans as one likes.
func jpegOf(w io.Writer, wide, high int, progressive bool, scans int) {
	marker := func(kind byte, data []byte) {
		say(w, string([]byte{0xFF, kind, byte((len(data) + 2) >> 8), byte(len(data) + 2)}), string(data))
	}
	say(w, "\xFF\xD8")
	marker(0xDB, append([]byte{0}, []byte(strings.Repeat("\x01", 64))...))
	frame := byte(0xC0)
	if progressive {
		frame = 0xC2
	}
	marker(frame, []byte{8, byte(high >> 8), byte(high), byte(wide >> 8), byte(wide), 1, 1, 0x11, 0})
	one := append([]byte{0, 1}, make([]byte, 15)...) // one code of one bit
	_ = one
	lengths := func(class, value byte) []byte {
		t := make([]byte, 18)
		t[0], t[1], t[17] = class, 1, value
		return t
	}
	marker(0xC4, lengths(0x00, 0))
	blocks := ((wide + 7) / 8) * ((high + 7) / 8)
	if !progressive {
		marker(0xC4, lengths(0x10, 0))
		marker(0xDA, []byte{1, 1, 0, 0, 63, 0})
		repeat(w, "\x00", (blocks*2+7)/8)
		say(w, "\xFF\xD9")
		return
	}
	marker(0xDA, []byte{1, 1, 0, 0, 0, 1})
	repeat(w, "\x00", (blocks+7)/8)
	marker(0xC4, lengths(0x10, 0xE0)) // a run of 16,384 blocks or more, 14 bits after the code
	for range scans {
		marker(0xDA, []byte{1, 1, 0, 1, 63, 1})
		runs := (blocks + 16383) / 16384
		repeat(w, "\x00", (runs*15+7)/8)
	}
	say(w, "\xFF\xD9")
}

func pictures() []hostile {
	nothing := func(io.Writer) {}
	zeros := func(n int) func(io.Writer) { return func(w io.Writer) { repeat(w, "\x00", n) } }
	return []hostile{
		{"large.png", func(w io.Writer) { pngOf(w, 16_000, 16_000, 8, 2, nothing, zeros(16_000*(16_000*3+1))) }},
		{"deep.png", func(w io.Writer) { pngOf(w, 9_000, 9_000, 16, 6, nothing, zeros(9_000*(9_000*8+1))) }},
		{"claims.png", func(w io.Writer) { pngOf(w, 60_000, 60_000, 8, 2, nothing, zeros(1000)) }},
		{"text.png", func(w io.Writer) {
			text := append([]byte("a\x00\x00"), packed(zeros(500<<20))...)
			pngOf(w, 9, 9, 8, 2, func(w io.Writer) {
				for range 20 {
					pngChunk(w, "zTXt", text)
				}
				pngChunk(w, "iCCP", text)
			}, zeros(9*28))
		}},
		{"chunks.png", func(w io.Writer) {
			pngOf(w, 9, 9, 8, 2, func(w io.Writer) { repeat(w, "\x00\x00\x00\x00tEXt\x00\x00\x00\x00", 1_000_000) }, zeros(9*28))
		}},
		{"large.jpg", func(w io.Writer) { jpegOf(w, 16_000, 16_000, false, 0) }},
		{"claims.jpg", func(w io.Writer) { jpegOf(w, 65_000, 65_000, false, 0) }},
		{"scans.jpg", func(w io.Writer) { jpegOf(w, 9_000, 9_000, true, 10_000) }},
		{"frames.gif", func(w io.Writer) {
			say(w, "GIF89a\xFF\x0F\xFF\x0F\x80\x00\x00\x00\x00\x00\xFF\xFF\xFF")
			repeat(w, "\x2C\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00", 500_000)
			say(w, ";")
		}},
		{"large.gif", func(w io.Writer) {
			say(w, "GIF89a\x60\xEA\x60\xEA\x80\x00\x00\x00\x00\x00\xFF\xFF\xFF\x2C\x00\x00\x00\x00\x60\xEA\x60\xEA\x00\x02")
			repeat(w, "\xFE"+strings.Repeat("\x44\x51", 127), 40_000)
			say(w, "\x00;")
		}},
		{"large.bmp", func(w io.Writer) {
			say(w, "BM")
			for _, v := range []uint32{1 << 28, 0, 54, 40, 16_000, 16_000} {
				binary.Write(w, binary.LittleEndian, v)
			}
			say(w, "\x01\x00\x01\x00", strings.Repeat("\x00", 24))
			repeat(w, "\x00", 16_000*2000)
		}},
		{"loop.tif", func(w io.Writer) {
			say(w, "II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x03\x00\x01\x00\x00\x00\x09\x00\x00\x00\x08\x00\x00\x00")
		}},
		{"large.tif", func(w io.Writer) { tiffOf(w, 16_000, 16_000) }},
	}
}

// tiffOf writes a grey picture with one strip a row, each the same bytes.
func tiffOf(w io.Writer, wide, high uint32) {
	le := binary.LittleEndian
	const strip, offsets = 8, 100_000
	tags := [][4]uint32{
		{256, 4, 1, wide}, {257, 4, 1, high}, {258, 3, 1, 8}, {259, 3, 1, 1}, {262, 3, 1, 1},
		{273, 4, high, offsets}, {277, 3, 1, 1}, {278, 4, 1, 1}, {279, 4, high, offsets + 4*high},
	}
	say(w, "II*\x00")
	binary.Write(w, le, offsets+8*high)
	repeat(w, "\x00", offsets-strip)
	for range high {
		binary.Write(w, le, uint32(strip))
	}
	for range high {
		binary.Write(w, le, wide)
	}
	binary.Write(w, le, uint16(len(tags)))
	for _, t := range tags {
		binary.Write(w, le, uint16(t[0]))
		binary.Write(w, le, uint16(t[1]))
		binary.Write(w, le, t[2:])
	}
	binary.Write(w, le, uint32(0))
}

// box is one of the ISO container.
func box(kind string, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + kind + body
}

func recordings() []hostile {
	be := func(v ...uint32) string {
		var out []byte
		for _, n := range v {
			out = binary.BigEndian.AppendUint32(out, n)
		}
		return string(out)
	}
	ftyp := box("ftyp", "isom\x00\x00\x00\x00")
	stbl := func(body string) string {
		return ftyp + box("moov", box("trak", box("mdia", box("minf", box("stbl", body)))))
	}
	return []hostile{
		{"nested.mp4", func(w io.Writer) {
			say(w, ftyp)
			const deep = 200_000
			for i := range deep {
				say(w, be(uint32((deep-i)*8)), "moov")
			}
		}},
		{"boxes.mp4", func(w io.Writer) {
			say(w, ftyp, be(8+8*4_000_000), "moov")
			repeat(w, be(8)+"free", 4_000_000)
		}},
		{"samples.mp4", func(w io.Writer) {
			say(w, stbl(box("stsz", be(0, 0, 0xFFFFFFFF))+box("stts", be(0, 0xFFFFFFFF))+box("stsc", be(0, 0xFFFFFFF0))))
		}},
		{"nested.mkv", func(w io.Writer) {
			say(w, "\x1A\x45\xDF\xA3\x80")
			repeat(w, "\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 1_000_000)
		}},
		{"tags.mkv", func(w io.Writer) {
			say(w, "\x1A\x45\xDF\xA3\x80\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF")
			repeat(w, "\x12\x54\xC3\x67\x80", 8_000_000)
		}},
		{"chunks.avi", func(w io.Writer) {
			say(w, "RIFF\xFF\xFF\xFF\x7FAVI ")
			repeat(w, "LIST\x04\x00\x00\x00movi", 3_000_000)
		}},
		{"chunks.wav", func(w io.Writer) {
			say(w, "RIFF\xFF\xFF\xFF\x7FWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1F\x00\x00\x80\x3E\x00\x00\x02\x00\x10\x00")
			repeat(w, "LIST\x00\x00\x00\x00", 8_000_000)
		}},
		{"frames.mp3", func(w io.Writer) {
			say(w, "ID3\x04\x00\x00\x20\x00\x00\x00")
			repeat(w, "TIT2\x00\x00\x00\x01\x00\x00\x00", 6_000_000)
			repeat(w, "\xFF\xFB\x90\x00"+strings.Repeat("\x00", 413), 1000)
		}},
		{"tags.mp3", func(w io.Writer) {
			repeat(w, "ID3\x04\x00\x00\x00\x00\x00\x01\x00", 6_000_000)
			repeat(w, "\xFF\xFB\x90\x00"+strings.Repeat("\x00", 413), 1000)
		}},
		{"long.mp3", func(w io.Writer) { repeat(w, "\xFF\xFB\x10\x00"+strings.Repeat("\x00", 100), 1_000_000) }},
		{"blocks.flac", func(w io.Writer) {
			say(w, "fLaC\x00\x00\x00\x22\x10\x00\x10\x00\x00\x00\x00\x00\x00\x00\x0A\xC4\x42\xF0\xFF\xFF\xFF\xFF",
				strings.Repeat("\x00", 16))
			repeat(w, "\x04\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00", 4_000_000)
		}},
		{"pages.ogg", func(w io.Writer) {
			repeat(w, "OggS\x00\x02"+strings.Repeat("\x00", 20)+"\x00", 3_000_000)
		}},
		{"objects.wmv", func(w io.Writer) {
			const asf = "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
			say(w, asf, "\xFF\xFF\xFF\x0F\x00\x00\x00\x00\xFF\xFF\xFF\x00\x01\x02")
			repeat(w, asf+"\x18\x00\x00\x00\x00\x00\x00\x00", 2_000_000)
		}},
	}
}

func archives() []hostile {
	return []hostile{
		{"many.zip", func(w io.Writer) {
			var parts []any
			for i := range 150_000 {
				parts = append(parts, fmt.Sprintf("作品%d.txt", i), "a")
			}
			zipped(w, parts...)
		}},
		{"zeros.zip", func(w io.Writer) {
			zipped(w, "作品一.png", func(w io.Writer) { repeat(w, "\x00", 4<<30) })
		}},
		{"nested.zip", func(w io.Writer) {
			inner := func(w io.Writer) { zipped(w, "作品一.png", func(w io.Writer) { repeat(w, "\x00", 1<<30) }) }
			zipped(w, "a.zip", inner, "b.zip", inner, "c.zip", inner)
		}},
	}
}

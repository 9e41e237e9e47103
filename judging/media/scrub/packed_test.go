package scrub_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fayi/judging/media/scrub"
)

// noisyRecordings returns a sound, a film or a camera's picture of each kind whose packed part is noise, with words
// planted in its tags and behind the end.
func noisyRecordings(tag, behind string) map[string][]byte {
	chance := rand.New(rand.NewPCG(3, 4))
	packed := make([]byte, 100_000)
	for i := range packed {
		packed[i] = byte(chance.Uint32())
	}
	noise := string(packed)
	long := func(n int) string { return string(binary.LittleEndian.AppendUint64(nil, uint64(n))) }
	page := func(kind byte, time, body string) string {
		var lines, out string
		for i := 0; i < len(body); i += 254 * 255 {
			part := body[i:min(i+254*255, len(body))]
			lines = strings.Repeat("\xFF", len(part)/255) + string([]byte{byte(len(part) % 255)})
			out += "OggS\x00" + string([]byte{kind}) + time + "serial\x00\x00sum!" +
				string([]byte{byte(len(lines))}) + lines + part
		}
		return out
	}
	strip := func(order binary.AppendByteOrder, head string) string {
		b := order.AppendUint32([]byte(head), uint32(8+len(noise)))
		b = order.AppendUint16(append(b, noise...), 3)
		for _, e := range [][3]uint32{{273, 1, 8}, {279, 1, uint32(len(noise))}, {315, uint32(len(tag)), uint32(8 +
			len(noise) + 2 + 36 + 4)}} {
			b = order.AppendUint16(order.AppendUint16(b, uint16(e[0])), 4)
			b = order.AppendUint32(order.AppendUint32(b, e[1]), e[2])
		}
		return string(order.AppendUint32(b, 0)) + tag
	}
	id3 := "ID3\x03\x00\x00\x00\x00\x00" + string([]byte{byte(len(tag))}) + tag
	asfData := "\x36\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
	asfHead := "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
	mkv := "\x1A\x45\xDF\xA3\x84webm\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + tag
	out := map[string][]byte{
		"MP4": []byte(
			box("ftyp", "isom\x00\x00\x02\x00isommp41") + box("moov", box("udta", tag)) + box("mdat", noise),
		),
		"HEIC": []byte(box("ftyp", "heic\x00\x00\x00\x00mif1") + box("meta", tag) + box("mdat", noise)),
		"MP3":  []byte(id3 + "\xFF\xFB\x90\x00" + noise),
		"WAV":  riffFile("WAVE", riffChunk("LIST", "INFO"+riffChunk("IART", tag)), riffChunk("data", noise)),
		"AVI":  riffFile("AVI ", riffChunk("JUNK", tag), riffChunk("LIST", "movi"+riffChunk("00dc", noise))),
		"ASF":  []byte(asfHead + long(24+len(tag)) + tag + asfData + long(24+len(noise)) + noise),
		"FLAC": []byte("fLaC\x84\x00\x00" + string([]byte{byte(len(tag))}) + tag + "\xFF\xF8" + noise),
		"Ogg": []byte(page(2, long(0), "\x01vorbis") + page(0, long(0), "\x03vorbis"+tag+"\x05vorbis"+noise[:9000]) +
			page(0, long(1), noise)),
		"Matroska":         []byte(mkv + "\x1F\x43\xB6\x75\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xA3" + noise),
		"TIFF of Intel":    []byte(strip(binary.LittleEndian, "II*\x00")),
		"TIFF of Motorola": []byte(strip(binary.BigEndian, "MM\x00*")),
	}
	for kind, data := range out {
		out[kind] = append(data, behind...)
	}
	return out
}

// TestWhatRemainsOfARecordingAreItsWords holds what is shown to a person of a sound, a film or a camera's picture
// against what it was made to hold.
func TestWhatRemainsOfARecordingAreItsWords(t *testing.T) {
	const tag, behind = "Wang Xiaoming 王小明", "李明明 松林镇司法所 背后"
	for kind, data := range noisyRecordings(tag, behind) {
		lines, err := scrub.Remains(t.Context(), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{tag, behind} {
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, want) }) {
				t.Errorf("%s: %q is not among %.200q", kind, want, strings.Join(lines, "|"))
			}
		}
		if len(lines) > 4 {
			t.Errorf("%s: %d lines remain: %.300q", kind, len(lines), strings.Join(lines, "|"))
		}
		for cut := range 10 { // one torn off is read without an end, too
			data := data[:len(data)*cut/10]
			if _, err := scrub.Remains(t.Context(), bytes.NewReader(data), int64(len(data))); err != nil {
				t.Error(kind, err)
			}
		}
	}
}

// TestWordsAmongPackedBytesRemain plants what a coder or a person wrote among the sound and the pictures: what is too
// long to be there by chance is shown, and tags of a camera in whatever length.
func TestWordsAmongPackedBytesRemain(t *testing.T) {
	for _, want := range []string{
		"青山镇中心小学", "recorded by Wang Xiaoming at home", "Exif\x00\x00II*\x00\x00\x00\x00Wang Xiaoming\x00",
	} {
		noise := noisyRecordings("tag", "")["MP4"]
		noise = append(noise[:len(noise)-2000], want+"\x00"+string(noise[len(noise)-2000:])...)
		lines, err := scrub.Remains(t.Context(), bytes.NewReader(noise), int64(len(noise)))
		word := strings.Trim(want[max(strings.LastIndex(strings.TrimSuffix(want, "\x00"), "\x00")+1, 0):], "\x00")
		if err != nil || !strings.Contains(strings.Join(lines, "|"), word) {
			t.Errorf("%q is not among %.200q, %v", word, strings.Join(lines, "|"), err)
		}
	}
}

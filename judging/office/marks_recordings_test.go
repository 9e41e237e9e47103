package office_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// byStudio makes a recording with ffmpeg from all that it can write into one: tags of the file and of its streams,
// chapters, subtitles, attached files and a cover. Its arguments are run after those for input; {dir} is the folder
// with the files in it.
func byStudio(ext, input, output string, change func(t *testing.T, data []byte, parts []string) []byte) func(
	*testing.T, []string) []byte {
	return func(t *testing.T, parts []string) []byte {
		dir := t.TempDir()
		var tags, rest []string
		for _, p := range parts {
			switch name, body, _ := strings.Cut(p, "="); {
			case strings.HasPrefix(name, "file:"):
				if err := os.WriteFile(filepath.Join(dir, name[5:]), []byte(body), 0o600); err != nil {
					t.Error(err)
				}
			case strings.HasPrefix(name, "-metadata"):
				tags = append(tags, name, body)
			case strings.HasPrefix(name, "-exif:"):
				rest = append(rest, "-"+p[6:])
			default:
				rest = append(rest, p)
			}
		}
		said(t, "convert", "-size", "64x48", "plasma:", "-set", "comment", "x", filepath.Join(dir, "c.jpg"))
		args := []string{"-v", "error", "-f", "lavfi", "-i", "sine=d=1"}
		if strings.Contains(output, ":v") || strings.Contains(output, "-c:v") {
			args = append(args, "-f", "lavfi", "-i", "testsrc=d=1:s=64x64:r=5")
		}
		words := strings.Fields(strings.ReplaceAll(input, "{dir}", dir))
		args = append(append(args, words...), strings.Fields(strings.ReplaceAll(output, "{dir}", dir))...)
		path := filepath.Join(dir, "a."+ext)
		if out := said(t, "ffmpeg", append(append(args, tags...), path)...); len(out) > 0 {
			t.Logf("%s: ffmpeg says %s", ext, out)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s: %v", ext, err)
			return nil
		}
		if len(rest) > 0 && rest[0][0] == '-' {
			out := said(t, "exiftool", append(append([]string{"-m", "-overwrite_original"}, rest...), path)...)
			if !bytes.Contains(out, []byte("1 image files updated")) {
				t.Errorf("%s: exiftool says %s", ext, out)
			}
			data, _ = os.ReadFile(path)
		}
		if change != nil {
			data = change(t, data, rest)
		}
		return data
	}
}

const (
	chapters = "file:m=;FFMETADATA1\ntitle={{title by metadata}}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\n" +
		"title={{first chapter}}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=500\nEND=1000\ntitle={{second chapter}}\n"
	subtitles = "file:s.srt=1\n00:00:00,000 --> 00:00:00,900\n{{subtitle}}\n"
)

var fileTags = strings.Fields(`-metadata=title={{title}} -metadata=artist={{artist}} -metadata=album={{album}}
	-metadata=comment={{comment}} -metadata=composer={{composer}} -metadata=copyright={{copyright}}
	-metadata=description={{description}} -metadata=lyrics={{lyrics}} -metadata=genre={{genre}}
	-metadata=publisher={{publisher}} -metadata=album_artist={{album_artist}} -metadata=performer={{performer}}
	-metadata=encoded_by={{encoded_by}} -metadata=date={{date}} -metadata=network={{network}} -metadata=show={{show}}
	-metadata=synopsis={{synopsis}} -metadata=keywords={{keywords}} -metadata=location={{location}}
	-metadata=made_up={{made-up_tag}} -metadata:s:a:0=title={{title_of_the_sound}}
	-metadata:s:a:0=handler_name={{name_of_the_sound}} -metadata:s:v:0=title={{title_of_the_picture}}
	-metadata:s:v:0=handler_name={{name_of_the_picture}}`)

const withVideo = "-map 1:v -map 0:a -shortest "

// boxOf makes a box of the ISO container.
func boxOf(kind string, bodies ...string) string {
	body := strings.Join(bodies, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + kind + body
}

// moreBoxes adds boxes at the top of a film, behind it, and to its description of the picture.
func moreBoxes(_ *testing.T, in []byte, p []string) []byte {
	out := string(in) + boxOf("free", p[0]) + boxOf("skip", p[1]) + boxOf("uuid", "0123456789abcdef"+p[2]) +
		boxOf("MARK", p[3]) + boxOf("udta", boxOf("\xA9nam", p[4])) + boxOf("meta", "\x00\x00\x00\x00"+p[5]) +
		boxOf("wide", p[6]) + boxOf("mdat", p[7]) + boxOf("prft", p[8])
	return []byte(out + p[9][:7])
}

var moreBoxParts = []string{"{{free}}", "{{skip}}", "{{uuid}}", "{{unknown box}}", "{{udta}}", "{{meta}}", "{{wide}}",
	"{{second mdat}}", "{{prft}}", "{{torn box}}"}

// stuffedMP4 is a small film, whose tables are at the end, with words in the boxes that players need.
func stuffedMP4(t *testing.T, p []string) []byte {
	in := byStudio("mp4", "", withVideo+"-c:v mpeg4 -c:a aac -f mp4", nil)(t, nil)
	at := bytes.Index(in, []byte("moov")) - 4
	if at < 0 {
		t.Error("no moov")
		return nil
	}
	head, moov := in[:at], string(in[at:])
	grow := func(path []string, add string) { moov = growBox(moov, path, add) }
	grow([]string{"moov", "trak", "mdia", "minf", "stbl", "stsd", "mp4v"}, boxOf("uuid", p[0]))
	grow([]string{"moov", "trak", "mdia", "minf", "stbl", "stsd", "mp4v"}, boxOf("colr", "prof", string(profileOf(p[1:5]...))))
	grow([]string{"moov", "trak", "mdia", "minf", "dinf", "dref", "url "}, p[5])
	grow([]string{"moov", "trak", "mdia"}, boxOf("elng", "\x00\x00\x00\x00"+p[6]))
	grow([]string{"moov", "trak", "mdia", "minf"}, boxOf("hmhd", "\x00\x00\x00\x00"+p[7]))
	grow([]string{"moov"}, boxOf("iods", "\x00\x00\x00\x00"+p[8]))
	grow([]string{"moov", "trak", "mdia", "minf", "stbl"}, boxOf("sgpd", "\x00\x00\x00\x00"+p[9]))
	grow([]string{"moov", "trak"}, boxOf("load", p[10]))
	grow([]string{"moov", "trak", "mdia", "minf", "stbl", "stts"}, p[11])
	return append(head, moov...)
}

// growBox adds bytes at the end of the first box that a path leads to. It knows the heads of sample descriptions.
func growBox(in string, path []string, add string) string {
	skip := map[string]int{"stsd": 8, "dref": 8, "mp4v": 78}
	for at := 0; at+8 <= len(in); {
		n := int(binary.BigEndian.Uint32([]byte(in[at : at+4])))
		kind, body := in[at+4:at+8], in[at+8:at+n]
		if kind == path[0] {
			if len(path) == 1 {
				body += add
			} else {
				body = body[:skip[kind]] + growBox(body[skip[kind]:], path[1:], add)
			}
			return in[:at] + boxOf(kind, body) + in[at+n:]
		}
		at += n
	}
	return in
}

// ebml makes an element of Matroska.
func ebml(id string, bodies ...string) string {
	body := strings.Join(bodies, "")
	size := binary.BigEndian.AppendUint64(nil, uint64(len(body)))
	size[0] = 1
	return id + string(size) + body
}

// stuffedMatroska has words in elements that ffmpeg does not write.
func stuffedMatroska(_ *testing.T, p []string) []byte {
	head := ebml("\x1A\x45\xDF\xA3", ebml("\x42\x82", "matroska"), ebml("\x42\x87", "\x04"), ebml("\x42\x85", "\x02"),
		ebml("\x42\x81", ebml("\x42\x83", p[0])))
	info := ebml("\x15\x49\xA9\x66", ebml("\x2A\xD7\xB1", "\x0F\x42\x40"), ebml("\x4D\x80", p[1]), ebml("\x57\x41", p[2]),
		ebml("\x7B\xA9", p[3]), ebml("\x73\x84", p[4]), ebml("\x3C\x83\xAB", p[5]), ebml("\x3E\x83\xBB", p[6]),
		ebml("\x73\xA4", p[7]), ebml("\x69\x24", ebml("\x69\xFC", "\x01"), ebml("\x69\xA5", p[8])))
	video := ebml("\xAE", ebml("\xD7", "\x01"), ebml("\x73\xC5", "\x01"), ebml("\x83", "\x01"),
		ebml("\x86", "V_UNCOMPRESSED"), ebml("\xE0", ebml("\xB0", "\x02"), ebml("\xBA", "\x02"), ebml("\x2E\xB5\x24", "Y800"),
			ebml("\x76\x70", ebml("\x76\x71", "\x00"), ebml("\x76\x72", p[9]))),
		ebml("\x25\x86\x88", p[10]), ebml("\x3A\x96\x97", p[11]), ebml("\x3B\x40\x40", p[12]),
		ebml("\x22\xB5\x9C", p[13]), ebml("\x22\xB5\x9D", p[14]), ebml("\x53\x6E", p[15]), ebml("\xEC", p[16]))
	words := ebml("\xAE", ebml("\xD7", "\x02"), ebml("\x73\xC5", "\x02"), ebml("\x83", "\x11"), ebml("\x86", "S_TEXT/ASS"),
		ebml("\x63\xA2", p[17]))
	tracks := ebml("\x16\x54\xAE\x6B", video, words, ebml("\x4D\x41", p[18]))
	cluster := ebml("\x1F\x43\xB6\x75", ebml("\xE7", "\x00"), ebml("\xA3", "\x81\x00\x00\x80"+"pixl"),
		ebml("\xA3", "\x82\x00\x00\x80"+p[19]),
		ebml("\xA0", ebml("\xA1", "\x82\x00\x00\x00"+p[20]), ebml("\x9B", "\x10")),
		ebml("\xA0", ebml("\xA1", "\x81\x00\x00\x00"+"pixl"), ebml("\x75\xA1", ebml("\xA6", ebml("\xEE", "\x01"),
			ebml("\xA5", p[21])))),
		ebml("\xAF", p[22]), ebml("\xEC", p[23]), ebml("\x4D\x42", p[24]))
	chapters := ebml("\x10\x43\xA7\x70", ebml("\x45\xB9", ebml("\xB6", ebml("\x73\xC4", "\x01"), ebml("\x91", "\x00"),
		ebml("\x80", ebml("\x85", p[25]), ebml("\x43\x7C", "chi")))))
	tags := ebml("\x12\x54\xC3\x67", ebml("\x73\x73", ebml("\x63\xC0"), ebml("\x67\xC8", ebml("\x45\xA3", p[26]),
		ebml("\x44\x87", p[27]))))
	files := ebml("\x19\x41\xA4\x69", ebml("\x61\xA7", ebml("\x46\x7E", p[28]), ebml("\x46\x6E", p[29]),
		ebml("\x46\x60", "text/plain"), ebml("\x46\x5C", p[30]), ebml("\x46\xAE", "\x01")))
	return []byte(head + ebml("\x18\x53\x80\x67", info, tracks, cluster, chapters, tags, files, ebml("\x4D\x43", p[31])) +
		ebml("\xEC", p[32]) + p[33])
}

var stuffedMatroskaParts = braced("extension of the type, program that wrote, program that made, title, file of the " +
	"film, file before, file behind, identity, chapter translation, projection, name of a codec, settings of a codec, " +
	"address of a codec, language, language by its tag, name of a track, void in a track, head of subtitles, unknown " +
	"element among tracks, simple block of subtitles, block of subtitles, addition to a block, encrypted block, void in a " +
	"cluster, unknown element in a cluster, chapter, name of a tag, tag, description of a file, name of a file, " +
	"attached file, unknown element in the segment, void behind the segment, bytes behind the segment")

func braced(names string) (out []string) {
	for _, n := range strings.Split(names, ", ") {
		out = append(out, "{{"+n+"}}")
	}
	return out
}

// riffOf makes a chunk of RIFF.
func riffOf(kind string, bodies ...string) string {
	body := strings.Join(bodies, "")
	c := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
	if len(body)%2 == 1 {
		c += "\x00"
	}
	return c
}

// stuffedWAV is a sound with the chunks of studios.
func stuffedWAV(_ *testing.T, p []string) []byte {
	format := "\x01\x00\x01\x00\x44\xAC\x00\x00\x88\x58\x01\x00\x02\x00\x10\x00"
	return []byte(riffOf("RIFF", "WAVE", riffOf("fmt ", format, "\x0F\x00", p[0]), riffOf("fact", "\x02\x00\x00\x00", p[1]),
		riffOf("bext", p[2]), riffOf("iXML", "<BWFXML><NOTE>"+p[3]+"</NOTE></BWFXML>"), riffOf("axml", p[4]),
		riffOf("_PMX", p[5]), riffOf("LIST", "INFO", riffOf("IART", p[6]), riffOf("ICMT", p[7]), riffOf("ITCH", p[8])),
		riffOf("LIST", "adtl", riffOf("labl", "\x01\x00\x00\x00"+p[9]), riffOf("note", "\x01\x00\x00\x00"+p[10])),
		riffOf("cart", p[11]), riffOf("DISP", "\x01\x00\x00\x00"+p[12]), riffOf("id3 ", p[13]), riffOf("JUNK", p[14]),
		riffOf("data", strings.Repeat("\x01\x02", 600)), riffOf("afsp", p[15])) + p[16])
}

// stuffedAVI is a film with a stream of words.
func stuffedAVI(_ *testing.T, p []string) []byte {
	stream := func(kind, name, format string) string {
		return riffOf("LIST", "strl", riffOf("strh", kind+"    "+strings.Repeat("\x00", 48)), riffOf("strf", format),
			riffOf("strn", name), riffOf("strd", p[0]))
	}
	bitmap := "\x28\x00\x00\x00\x02\x00\x00\x00\x02\x00\x00\x00\x01\x00\x18\x00\x00\x00\x00\x00\x10\x00\x00\x00" +
		strings.Repeat("\x00", 16)
	return []byte(riffOf("RIFF", "AVI ",
		riffOf("LIST", "hdrl", riffOf("avih", strings.Repeat("\x00", 24)+"\x02"+strings.Repeat("\x00", 31)),
			stream("vids", p[1], bitmap), stream("txts", p[2], "")),
		riffOf("LIST", "INFO", riffOf("ISFT", p[3]), riffOf("INAM", p[4])), riffOf("IDIT", p[5]),
		riffOf("LIST", "movi", riffOf("00dc", strings.Repeat("\x10", 16)), riffOf("01tx", p[6]), riffOf("JUNK", p[7]),
			riffOf("LIST", "rec ", riffOf("01tx", p[8])), riffOf("MARK", p[9])),
		riffOf("idx1", "00dc\x10\x00\x00\x00\x04\x00\x00\x00\x10\x00\x00\x00"), riffOf("_PMX", p[10])) + p[11])
}

// asfOf makes an object of ASF.
func asfOf(id string, bodies ...string) string {
	var b []byte
	for i := range 16 {
		var c byte
		for _, d := range id[2*i : 2*i+2] {
			c = c<<4 | byte(strings.IndexRune("0123456789ABCDEF", d))
		}
		b = append(b, c)
	}
	body := strings.Join(bodies, "")
	return string(binary.LittleEndian.AppendUint64(b, uint64(24+len(body)))) + body
}

func wideOf(s string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteString(string([]byte{byte(c), 0}))
	}
	return b.String()
}

// moreASF puts objects of words into the head of a film that ffmpeg wrote, and behind its end.
func moreASF(_ *testing.T, in []byte, p []string) []byte {
	size := int(binary.LittleEndian.Uint64(in[16:]))
	count := binary.LittleEndian.Uint32(in[24:])
	extra := []string{
		asfOf("301AFB1E620BD011A39B00A0C90348F6", strings.Repeat("\x00", 16), "\x01\x00\x01\x00\x0F\x00", wideOf(p[0])),
		asfOf("01CD87F451A9CF118EE600C00C205365", strings.Repeat("\x00", 16), "\x01\x00\x00\x00", wideOf(p[1])),
		asfOf("40524D18116111D0A3A400A0C90348F6"[:32], wideOf(p[2])),
		asfOf("FBB31121233DBD11B4B700A0C955FC6E"[:32], wideOf(p[3])),
		asfOf("74D40618DFCA0945A4BA9AABCB96AAE8", p[4]),
		asfOf("00112233445566778899AABBCCDDEEFF", p[5]),
		asfOf("A9464C7CE0EFFC4BB229393EDE415C85", "\x01\x00\x1E"+wideOf(p[6])),
	}
	out := append(bytes.Clone(in[:size]), strings.Join(extra, "")...)
	out = append(out, in[size:]...)
	binary.LittleEndian.PutUint64(out[16:], uint64(size+len(strings.Join(extra, ""))))
	binary.LittleEndian.PutUint32(out[24:], count+uint32(len(extra)))
	return append(append(out, asfOf("FFEEDDCCBBAA99887766554433221100", p[7])...), p[8]...)
}

// id3Of makes a tag of ID3v2.4.
func id3Of(words ...string) string {
	var body string
	for i, w := range words {
		frame := []string{"TPE1", "COMM", "USLT", "TXXX", "PRIV", "GEOB", "WXXX", "SYLT"}[i%8]
		body += frame + "\x00\x00\x00" + string(rune(len(w)+5)) + "\x00\x00" + "\x03zho\x00" + w
	}
	return "ID3\x04\x00\x00\x00\x00" + string([]byte{byte(len(body) >> 7), byte(len(body) & 0x7F)}) + body
}

func apeOf(words ...string) string {
	var items string
	for _, w := range words {
		items += string(binary.LittleEndian.AppendUint32(nil, uint32(len(w)))) + "\x00\x00\x00\x00Artist\x00" + w
	}
	end := func(flags string) string {
		return "APETAGEX\xD0\x07\x00\x00" + string(binary.LittleEndian.AppendUint32(nil, uint32(32+len(items)))) +
			string(binary.LittleEndian.AppendUint32(nil, uint32(len(words)))) + flags + strings.Repeat("\x00", 8)
	}
	return end("\x00\x00\x00\xA0") + items + end("\x00\x00\x00\x80")
}

func lyricsOf(w string) string {
	return "LYRICSBEGININD00002" + "10" + "LYR00015" + w + "000046LYRICS200"
}

func oldTag(words ...string) string {
	b := make([]byte, 128)
	copy(b, "TAG")
	for i, w := range words {
		copy(b[3+30*i:], w)
	}
	return string(b)
}

// withTags puts tags before, into the middle of, and behind a sound that ffmpeg wrote.
func withTags(_ *testing.T, in []byte, p []string) []byte {
	if bytes.HasPrefix(in, []byte("ID3")) {
		in = in[10+int(in[6]&0x7F)<<21+int(in[7]&0x7F)<<14+int(in[8]&0x7F)<<7+int(in[9]&0x7F):]
	}
	middle := bytes.LastIndex(in[:len(in)/2], in[:2])
	return []byte(apeOf(p[0]) + id3Of(p[1:9]...) + string(in[:middle]) + id3Of(p[9]) + string(in[middle:]) + p[10] +
		id3Of(p[11]) + apeOf(p[12]) + lyricsOf(p[13]) + "TAG+" + p[14] + strings.Repeat("\x00", 208) +
		oldTag(p[15], p[16]) + strings.Repeat("\x00", 64))
}

var tagParts = braced("APE tag in front, ID3 artist, ID3 comment, ID3 lyrics, ID3 text, ID3 private, ID3 object, " +
	"ID3 address, ID3 timed lyrics, ID3 in the middle, bytes behind the sound, ID3 behind the sound, APE tag behind, " +
	"Lyrics3, extended tag, old tag, old tag's artist")

// moreFLAC puts blocks and tags around a sound in FLAC.
func moreFLAC(_ *testing.T, in []byte, p []string) []byte {
	block := func(kind byte, body string) string {
		return string([]byte{kind, byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}) + body
	}
	info := string(in[4 : 4+4+34])
	rest := in[42:]
	for done := info[0]&0x80 != 0; !done; { // ffmpeg's own blocks
		n := int(rest[1])<<16 | int(rest[2])<<8 | int(rest[3])
		done = rest[0]&0x80 != 0
		rest = rest[4+n:]
	}
	return []byte("fLaC" + "\x00" + info[1:] + block(1, p[0]) + block(2, "MARK"+p[1]) + block(5, p[2]) +
		block(6, "\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x0F"+p[3]) + block(9, p[4]) +
		block(0x84, "\x00\x00\x00\x00\x00\x00\x00\x00"+p[5]) + string(rest) + p[6] + id3Of(p[7]) + apeOf(p[8]) + oldTag(p[9]))
}

// moreOgg puts pages of other streams and bytes around a sound.
func moreOgg(_ *testing.T, in []byte, p []string) []byte {
	page := func(flags byte, serial string, body string) string {
		return "OggS\x00" + string([]byte{flags}) + strings.Repeat("\x00", 8) + serial + strings.Repeat("\x00", 8) +
			"\x01" + string([]byte{byte(len(body))}) + body
	}
	return []byte(page(2, "kate", "\x80kate\x00\x00\x00"+p[0]) + page(2, "skel", "fishead\x00"+p[1]) + string(in) +
		page(0, "kate", p[2]) + p[3])
}

var recordingFiles = []markedFile{
	{"7.mp4", byStudio("mp4", "-i {dir}/m -i {dir}/s.srt",
		withVideo+"-map 3:s -map_metadata 2 -c:v mpeg4 -c:a aac -c:s mov_text -movflags use_metadata_tags", nil),
		tags(fileTags, []string{chapters, subtitles, "-metadata:s:s:0=title={{title of subtitles}}",
			"-metadata:s:s:0=handler_name={{name of subtitles}}"})},
	{"8.mp4", byStudio("mp4", "", withVideo+"-c:v mpeg4 -c:a aac", moreBoxes), moreBoxParts},
	{"9.mp4", stuffedMP4, braced("box in a description, ICC description, ICC copyright, ICC maker, ICC model, address of " +
		"data, language, hint header, object descriptor, sample group, load settings, tail of a table")},
	{"7.mov", byStudio("mov", "-i {dir}/m", withVideo+"-map_metadata 2 -c:v mpeg4 -c:a aac", nil),
		tags(fileTags, []string{chapters}, exifs(someTags[:8]), []string{"-exif:ItemList:Artist={{item artist}}",
			"-exif:ItemList:Comment={{item comment}}", "-exif:UserData:Author={{user data author}}",
			"-exif:UserData:Comment={{user data comment}}", "-exif:Keys:Author={{key author}}",
			"-exif:Keys:Comment={{key comment}}", "-exif:Keys:Artwork={{key}}"})},
	{"7.m4a", byStudio("m4a", "-i {dir}/m -i {dir}/c.jpg", "-map 0:a -map 2:v -map_metadata 1 -c:a aac -c:v copy "+
		"-disposition:v attached_pic", nil), tags(fileTags[:20], []string{chapters})},
	{"7.mkv", byStudio("mkv", "-i {dir}/m -i {dir}/s.srt",
		withVideo+"-map 3:s -map_metadata 2 -c:v mpeg4 -c:a libvorbis -c:s srt -attach {dir}/x.txt "+
			"-metadata:s:t mimetype=text/plain", nil),
		tags(fileTags, []string{chapters, subtitles, "file:x.txt={{attached text}}",
			"-metadata:s:s:0=title={{title of subtitles}}", "-metadata:s:t=filename={{name of an attachment}}"})},
	{"8.mkv", stuffedMatroska, stuffedMatroskaParts},
	{"7.webm", byStudio("webm", "-i {dir}/m -i {dir}/s.srt",
		withVideo+"-map 3:s -map_metadata 2 -c:v libvpx -c:a libopus -c:s webvtt", nil),
		tags(fileTags, []string{chapters, subtitles})},
	{"7.mka", byStudio("mka", "-i {dir}/m", "-map 0:a -map_metadata 1 -c:a flac", nil), tags(fileTags[:20], []string{chapters})},
	{"7.avi", byStudio("avi", "", withVideo+"-c:v mpeg4 -c:a pcm_s16le", nil), fileTags},
	{"8.avi", stuffedAVI, braced("codec data, name of a picture, name of words, program, title, date, words in " +
		"the film, junk in the film, words in a record, unknown chunk, XMP, bytes behind an AVI")},
	{"7.wmv", byStudio("wmv", "-i {dir}/m", withVideo+"-map_metadata 2 -c:v wmv2 -c:a wmav2", moreASF),
		tags(fileTags, []string{chapters}, braced("script command, marker, codec list, branding, padding, unknown object, "+
			"language list, object behind the film, bytes behind the film"))},
	{"7.flv", byStudio("flv", "", withVideo+"-c:v flv1 -c:a aac", nil), fileTags},
	{"7.ts", byStudio("ts", "", withVideo+"-c:v mpeg2video -c:a aac", nil),
		[]string{"-metadata=service_name={{service}}", "-metadata=service_provider={{provider}}"}},
	{"7.mp3", byStudio("mp3", "", "-map 0:a -c:a libmp3lame", withTags), tags(fileTags[:20], tagParts)},
	{"7.aac", byStudio("aac", "", "-map 0:a -c:a aac -f adts", withTags), tagParts},
	{"7.ogg", byStudio("ogg", "-i {dir}/m", "-map 0:a -map_metadata 1 -c:a libvorbis", moreOgg), tags(fileTags[:20],
		[]string{chapters}, braced("Kate head, skeleton, Kate page, bytes behind an Ogg"))},
	{"7.opus", byStudio("opus", "", "-map 0:a -c:a libopus", nil), fileTags[:20]},
	{"7.oga", byStudio("oga", "", "-map 0:a -c:a flac", nil), fileTags[:20]},
	{"7.ogv", byStudio("ogv", "", withVideo+"-c:v libtheora -c:a libvorbis", nil), fileTags},
	{"7.flac", byStudio("flac", "", "-map 0:a -c:a flac", moreFLAC), tags(fileTags[:20], braced("padding, application, "+
		"cue sheet, picture, unknown block, vendor, bytes behind a FLAC, ID3 behind a FLAC, APE behind a FLAC, old tag"))},
	{"7.wav", stuffedWAV, braced("tail of the format, tail of the fact, broadcast, iXML, axml, XMP, artist, comment, " +
		"technician, label, note, cart, shown text, ID3, junk, chunk behind the sound, bytes behind a WAV")},
	{"8.wav", byStudio("wav", "", "-map 0:a -write_bext 1 -write_id3v2 1", nil),
		tags(fileTags[:20], []string{"-metadata=originator={{originator}}", "-metadata=coding_history={{history}}"})},
	{"7.aiff", byStudio("aiff", "", "-map 0:a -write_id3v2 1", nil), fileTags[:20]},
	{"7.wma", byStudio("wma", "", "-map 0:a -c:a wmav2", nil), fileTags[:20]},
	{"7.3gp", byStudio("3gp", "", withVideo+"-c:v mpeg4 -c:a aac", nil), fileTags[:20]},
}

// exifs marks tags as exiftool's.
func exifs(tags []string) (out []string) {
	for _, t := range tags {
		out = append(out, "-exif:"+t[1:])
	}
	return out
}

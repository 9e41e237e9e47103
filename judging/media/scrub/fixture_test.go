package scrub_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/tiff"

	"fayi/judging/media/scrub"
	"fayi/judging/media/trace"
)

// planted are words that no copy may hold, in UTF-8 as they are written into each fixture.
const planted = "王小明·青山镇中心小学"

// drawing is a small picture that no coder can make smaller than its metadata.
func drawing() *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, 24, 16))
	for y := range 16 {
		for x := range 24 {
			p.SetRGBA(x, y, color.RGBA{uint8(x * 10), uint8(y * 15), uint8(x * y), 255})
		}
	}
	return p
}

// exifData is Exif data with an orientation, a maker, a place and a small picture.
func exifData(orientation int) []byte {
	le := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00")
	tags := [][4]uint32{
		{0x010E, 2, uint32(len(planted)), 200}, {0x0110, 2, 4, 0x21212121}, {0x0112, 3, 1, uint32(orientation)},
		{0x013B, 2, uint32(len(planted)), 200},
		{0x8769, 4, 1, 140},
		{0x8825, 4, 1, 140},
	}
	b = le.AppendUint16(b, uint16(len(tags)))
	for _, t := range tags {
		b = le.AppendUint16(b, uint16(t[0]))
		b = le.AppendUint16(b, uint16(t[1]))
		b = le.AppendUint32(b, t[2])
		b = le.AppendUint32(b, t[3])
	}
	b = le.AppendUint32(b, 0)
	b = append(b, make([]byte, 200-len(b))...)
	return append(b, planted...)
}

func segment(marker byte, body string) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xFF, marker}, uint16(len(body)+2))
	return append(b, body...)
}

func jpegFile(t testing.TB, orientation int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawing(), nil); err != nil {
		t.Fatal(err)
	}
	rest := b.Bytes()[2:]
	out := []byte{0xFF, 0xD8}
	out = append(out, segment(0xE0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00")...)
	out = append(out, segment(0xE1, "Exif\x00\x00"+string(exifData(orientation)))...)
	out = append(out, segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+planted+"</x:xmpmeta>")...)
	out = append(out, segment(0xE2, "ICC_PROFILE\x00\x01\x01"+profile())...)
	out = append(out, segment(0xED, "Photoshop 3.0\x008BIM"+planted)...)
	out = append(out, segment(0xFE, planted)...)
	out = append(out, rest...)
	return append(out, planted...)
}

func chunk(kind, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func pngFile(t testing.TB) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, drawing()); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write([]byte(planted))
	w.Close()
	out := bytes.Clone(whole[:33]) // signature and IHDR
	out = append(out, chunk("tEXt", "Author\x00"+planted)...)
	out = append(out, chunk("zTXt", "Author\x00\x00"+z.String())...)
	out = append(out, chunk("eXIf", string(exifData(6)))...)
	out = append(out, chunk("prVt", planted)...)
	out = append(out, whole[33:]...)
	return append(out, planted...)
}

func gifFile(t testing.TB) []byte {
	p := image.NewPaletted(image.Rect(0, 0, 8, 8), []color.Color{color.White, color.Black})
	p.Set(3, 3, color.Black)
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{p, p}, Delay: []int{5, 5}}); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	body := whole[:len(whole)-1]
	comment := append([]byte{0x21, 0xFE, byte(len(planted))}, planted...)
	xmp := append([]byte("\x21\xFF\x0BXMP DataXMP"), byte(len(planted)))
	out := append(append(bytes.Clone(body), comment...), 0)
	out = append(append(append(out, xmp...), planted...), 0)
	return append(append(out, 0x3B), planted...)
}

func tiffFile(t testing.TB) []byte {
	var b bytes.Buffer
	if err := tiff.Encode(&b, drawing(), &tiff.Options{Compression: tiff.Deflate}); err != nil {
		t.Fatal(err)
	}
	in := b.Bytes()
	le := binary.LittleEndian
	at := int(le.Uint32(in[4:]))
	n := int(le.Uint16(in[at:]))
	out := append(bytes.Clone(in), planted...)
	if len(out)%2 == 1 {
		out = append(out, 0)
	}
	place := len(in)
	le.PutUint32(out[4:], uint32(len(out)))
	out = le.AppendUint16(out, uint16(n+1))
	out = append(out, in[at+2:at+2+12*n]...)
	out = le.AppendUint16(out, 0x8298)
	out = le.AppendUint16(out, 2)
	out = le.AppendUint32(out, uint32(len(planted)))
	out = le.AppendUint32(out, uint32(place))
	return append(out, 0, 0, 0, 0)
}

func box(kind string, bodies ...string) string {
	var body string
	for _, b := range bodies {
		body += b
	}
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + kind + body
}

// film is the skeleton of an MP4 file: moov before mdat, tags in every place where programs put them.
func film() []byte {
	header := "\x00\x00\x00\x00" + "\xDA\x00\x00\x01\xDA\x00\x00\x02" + string(make([]byte, 88))
	telemetry := box(
		"trak", box("tkhd", header),
		box("mdia", box("hdlr", "\x00\x00\x00\x00\x00\x00\x00\x00meta"+string(make([]byte, 12))+planted)),
	)
	return []byte(box("ftyp", "isom\x00\x00\x02\x00isommp41") +
		box("moov", box("mvhd", header), box("trak", box("tkhd", header), box("udta", box("name", planted)),
			box(
				"mdia", box("hdlr", "\x00\x00\x00\x00\x00\x00\x00\x00vide"+string(make([]byte, 12))+planted),
				box("minf", box("stbl", box("stco", "\x00\x00\x00\x00\x00\x00\x00\x00"))),
			)),
			telemetry, box("udta", box("meta", "\x00\x00\x00\x00"+box("ilst", box("\xA9ART", planted)))),
			box("meta", planted)) +
		box("uuid", "0123456789abcdef"+planted) + box("free", planted) + box("mdat", "frames of the film") +
		box("udta", planted))
}

func mp3File() []byte {
	frame := append([]byte{0xFF, 0xFB, 0x90, 0x00}, make([]byte, 413)...)
	id3 := []byte{'I', 'D', '3', 3, 0, 0, 0, 0, 0, byte(10 + len(planted))}
	id3 = append(append(id3, "TPE1\x00\x00\x00\x00\x00\x00"...), planted...)
	ape := append(
		append([]byte("APETAGEX\xD0\x07\x00\x00"), binary.LittleEndian.AppendUint32(nil, uint32(32+len(planted)))...),
		make([]byte, 16)...,
	)
	apeTag := append([]byte(planted), ape...)
	v1 := append(append([]byte("TAG"), planted...), make([]byte, 125-len(planted))...)
	return append(append(append(append(id3, frame...), frame...), apeTag...), v1...)
}

func flacFile() []byte {
	block := func(kind byte, body string) string {
		return string([]byte{kind, 0, byte(len(body) >> 8), byte(len(body))}) + body
	}
	return []byte(
		"fLaC" + block(0, string(make([]byte, 34))) + block(4, planted) + block(6, planted) +
			block(0x81, planted) + flacFrame("frames"),
	)
}

// flacFrame is a frame of one channel whose samples are bytes.
func flacFrame(samples string) string {
	sum := func(b string, wide int, poly uint32) (s uint32) {
		for _, c := range []byte(b) {
			s ^= uint32(c) << (wide - 8)
			for range 8 {
				if s <<= 1; s>>wide&1 == 1 {
					s ^= poly
				}
			}
		}
		return s & (1<<wide - 1)
	}
	b := "\xFF\xF8\x69\x02\x00" + string([]byte{byte(len(samples) - 1)})
	b += string([]byte{byte(sum(b, 8, 0x07))}) + "\x02" + samples
	s := sum(b, 16, 0x8005)
	return b + string([]byte{byte(s >> 8), byte(s)})
}

func riffFile(form string, chunks ...string) []byte {
	body := form
	for _, c := range chunks {
		body += c
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffChunk(kind, body string) string {
	c := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
	if len(body)%2 == 1 {
		c += "\x00"
	}
	return c
}

func wavFile() []byte {
	return riffFile("WAVE", riffChunk("fmt ", "\x01\x00\x01\x00\x44\xAC\x00\x00\x88\x58\x01\x00\x02\x00\x10\x00"),
		riffChunk("LIST", "INFO"+riffChunk("IART", planted)), riffChunk("bext", planted),
		riffChunk("data", "\x01\x02\x03\x04"), riffChunk("id3 ", planted))
}

func aviFile() []byte {
	return riffFile(
		"AVI ",
		riffChunk(
			"LIST",
			"hdrl"+riffChunk("avih", string(make([]byte, 56)))+
				riffChunk("LIST", "strl"+riffChunk("strh", "vids")+riffChunk("strn", planted)),
		),
		riffChunk("LIST", "INFO"+riffChunk("IART", planted)),
		riffChunk("JUNK", planted),
		riffChunk("LIST", "movi"+riffChunk("00dc", "frame!")),
		riffChunk("IDIT", planted),
	)
}

func asfFile() []byte {
	object := func(id, body string) string {
		return id + string(binary.LittleEndian.AppendUint64(nil, uint64(24+len(body)))) + body
	}
	head := "\x02\x00\x00\x00\x01\x02" +
		object("\x33\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", planted) +
		object("\x40\xA4\xD0\xD2\x07\xE3\xD2\x11\x97\xF0\x00\xA0\xC9\x5E\xA8\x50", planted)
	return []byte(object("\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", head) +
		object("\x36\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", "frames"))
}

func matroskaFile() []byte {
	element := func(id, body string) string {
		return id + string(append([]byte{0x40 | byte(len(body)>>8)}, byte(len(body)))) + body
	}
	info := element(
		"\x15\x49\xA9\x66", element("\x7B\xA9", planted)+element("\x4D\x80", planted)+element("\x44\x61", "12345678"),
	)
	tracks := element("\x16\x54\xAE\x6B", element("\xAE", element("\xD7", "\x01")+element("\x83", "\x01")+
		element("\x53\x6E", planted)))
	return []byte(element("\x1A\x45\xDF\xA3", element("\x42\x82", "webm")) +
		element(
			"\x18\x53\x80\x67",
			info+tracks+element("\x1F\x43\xB6\x75", element("\xA3", "\x81\x00\x00\x80frames"))+element("\x12\x54\xC3\x67", planted)+
				element("\x19\x41\xA4\x69", planted),
		))
}

// profile is a colour profile of one white, with words.
func profile() string {
	b := make([]byte, 128, 300)
	copy(b[36:], "acsp")
	b = append(b, 0, 0, 0, 2)
	b = append(b, "wtpt\x00\x00\x00\x9C\x00\x00\x00\x14desc\x00\x00\x00\xB0\x00\x00\x00\x40"...)
	b = append(b, "XYZ \x00\x00\x00\x00\x00\x00\xF6\xD6\x00\x01\x00\x00\x00\x00\xD3\x2D"...)
	b = append(b, "desc\x00\x00\x00\x00\x00\x00\x00\x20"...)
	b = append(b, planted...)
	b = append(b, make([]byte, 64)...)[:0xF0]
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return string(b)
}

const officeType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// document is a Word file with names in every place where Word and WPS put them.
func document(t testing.TB) []byte {
	return packed(t, []string{
		"[Content_Types].xml", `<Types xmlns="t"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels",
		`<Relationships><Relationship Id="r0" Type="` + officeType + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="r1" Type="x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>`,
		"word/_rels/document.xml.rels",
		`<Relationships><Relationship Id="r7" Type="` + officeType + `image" Target="media/image1.jpg"/>` +
			`<Relationship Id="r8" Type="` + officeType + `comments" Target="comments.xml"/></Relationships>`,
		"docProps/core.xml",
		"<a><dc:creator>" + planted + "</dc:creator></a>",
		"docProps/app.xml",
		"<Company>" + planted + "</Company>",
		"docProps/custom.xml",
		planted,
		"docProps/thumbnail.jpeg",
		planted,
		"word/document.xml",
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:ins ` +
			`w:id="1" w:author="` +
			planted +
			`" w:date="2026-03-01T08:00:00Z"><w:t>法润乡村</w:t></w:ins></w:p></w:document>`,
		"word/comments.xml",
		`<w:comments><w:comment w:initials='` + planted + `' w:author="` + planted + `"/></w:comments>`,
		"word/people.xml",
		`<w15:people><w15:person w15:author="` + planted + `"/></w15:people>`,
		"word/_rels/settings.xml.rels",
		`<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" Target="file:///C:/Users/` +
			planted + `/a.dotx"/></Relationships>`,
		"xl/comments1.xml",
		`<comments><authors><author>` + planted + `</author></authors></comments>`,
		"xl/workbook.xml",
		`<workbook><fileSharing userName="` + planted + `"/><x15ac:absPath url="C:\` + planted + `"/></workbook>`,
		"xl/persons/person.xml",
		`<personList><person displayName="` + planted + `" id="1" userId="` + planted +
			`" providerId="AD"/></personList>`,
		"ppt/commentAuthors.xml",
		`<p:cmAuthorLst><p:cmAuthor id="1" name="` + planted + `" initials="` + planted + `"/></p:cmAuthorLst>`,
		"word/media/image1.jpg",
		string(jpegFile(t, 1)),
	})
}

func openDocument(t testing.TB) []byte {
	return packed(t, []string{
		"mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
		`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
			`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">` +
			`<text:p>法润乡村<office:annotation><dc:creator>` + planted + `</dc:creator></office:annotation></text:p>` +
			`</office:document-content>`,
		"meta.xml",
		planted,
		"Thumbnails/thumbnail.png",
		planted,
		"META-INF/manifest.xml",
		`<m><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type=""/></m>`,
	})
}

func packed(t testing.TB, parts []string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.SetComment(planted)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Deflate, Comment: planted})
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(parts[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func clean(t testing.TB, data []byte) ([]byte, trace.Result, error) {
	t.Helper()
	var out bytes.Buffer
	got, err := scrub.Copy(t.Context(), &out, bytes.NewReader(data), int64(len(data)))
	return out.Bytes(), got, err
}

// oldDocument is a compound file of one stream of properties, eight sectors long.
func oldDocument() []byte {
	le := binary.LittleEndian
	const end, free = 0xFFFFFFFE, 0xFFFFFFFF
	b := make([]byte, 512*11)
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(b[30:], 9)
	le.PutUint16(b[32:], 6)
	le.PutUint32(b[44:], 1)
	le.PutUint32(b[48:], 1)
	le.PutUint32(b[56:], 4096)
	le.PutUint32(b[60:], end)
	le.PutUint32(b[68:], end)
	for i := range 109 {
		le.PutUint32(b[76+4*i:], free)
	}
	le.PutUint32(b[76:], 0)
	fat := b[512:1024]
	for i := range 128 {
		le.PutUint32(fat[4*i:], free)
	}
	for i, next := range []uint32{0xFFFFFFFD, end, 3, 4, 5, 6, 7, 8, 9, end} {
		le.PutUint32(fat[4*i:], next)
	}
	name := func(e []byte, text string) {
		for i, c := range []byte(text) {
			e[2*i] = c
		}
		e[64] = byte(2*len(text) + 2)
	}
	root, stream := b[1024:1152], b[1152:1280]
	name(root, "Root Entry")
	le.PutUint32(root[116:], end)
	name(stream, "\x05SummaryInformation")
	le.PutUint32(stream[116:], 2)
	le.PutUint32(stream[120:], 4096)
	copy(b[1536:], planted)
	copy(b[1536+4000:], planted)
	return b
}

package office_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// byTools makes a picture with ImageMagick, lets change build on it, and gives it tags by exiftool.
func byTools(ext string, change func(t *testing.T, picture []byte, parts []string) []byte) func(
	*testing.T, []string) []byte {
	return func(t *testing.T, parts []string) []byte {
		path := filepath.Join(t.TempDir(), "a."+ext)
		said(t, "convert", "-size", "64x48", "plasma:red-blue", "-depth", "8", path)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s: %v", ext, err)
			return nil
		}
		var tags []string
		for len(parts) > 0 && strings.HasPrefix(parts[0], "-") {
			tags, parts = append(tags, parts[0]), parts[1:]
		}
		if change != nil {
			data = change(t, data, parts)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Error(err)
			return nil
		}
		if len(tags) > 0 {
			args := append([]string{"-m", "-overwrite_original", "-charset", "iptc=utf8"}, tags...)
			if out := said(t, "exiftool", append(args, path)...); !bytes.Contains(out, []byte("1 image files updated")) {
				t.Errorf("%s: exiftool says %s", ext, out)
			}
		}
		if data, err = os.ReadFile(path); err != nil {
			t.Error(err)
		}
		return data
	}
}

// profileOf is a colour profile with words in it.
func profileOf(words ...string) []byte {
	const header, entry = 128, 12
	tags := []string{"desc", "cprt", "dmnd", "dmdd", "text"}
	out := make([]byte, header)
	copy(out[4:], "lcms\x04\x30\x00\x00mntrRGB XYZ ")
	copy(out[36:], "acspAPPL")
	copy(out[68:], "\x00\x00\xF6\xD6\x00\x01\x00\x00\x00\x00\xD3\x2D")
	be := binary.BigEndian
	n := len(words) + 1
	out = be.AppendUint32(out, uint32(n))
	at := header + 4 + entry*n
	var bodies []byte
	add := func(tag string, body []byte) {
		out = append(out, tag...)
		out = be.AppendUint32(out, uint32(at+len(bodies)))
		out = be.AppendUint32(out, uint32(len(body)))
		bodies = append(bodies, body...)
		for len(bodies)%4 != 0 {
			bodies = append(bodies, 0)
		}
	}
	add("wtpt", []byte("XYZ \x00\x00\x00\x00\x00\x00\xF6\xD6\x00\x01\x00\x00\x00\x00\xD3\x2D"))
	for i, w := range words {
		if i%2 == 0 {
			add(tags[i], []byte("text\x00\x00\x00\x00"+w+"\x00"))
			continue
		}
		wide := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0CzhCN")
		wide = be.AppendUint32(wide, uint32(2*len(w)))
		wide = be.AppendUint32(wide, 28)
		for _, c := range w {
			wide = be.AppendUint16(wide, uint16(c))
		}
		add(tags[i], wide)
	}
	out = append(out, bodies...)
	be.PutUint32(out, uint32(len(out)))
	return out
}

func pngChunk(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func zlibbed(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// exifOf is Exif data with a maker's note, a thumbnail and tags that no list names.
func exifOf(p []string) []byte {
	le := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00")
	tags := []struct {
		tag, kind uint16
		body      string
	}{{0x010E, 2, p[0]}, {0x8769, 4, ""}, {0xC4A5, 7, p[1]}, {0xE001, 2, p[2]}}
	at := 8 + 2 + 12*len(tags) + 4
	var bodies []byte
	b = le.AppendUint16(b, uint16(len(tags)))
	for _, tag := range tags {
		body := []byte(tag.body)
		if tag.kind == 4 {
			sub := le.AppendUint16(nil, 2)
			place := at + len(bodies) + 2 + 24 + 4
			for i, id := range []uint16{0x927C, 0x9286} {
				sub = le.AppendUint16(sub, id)
				sub = le.AppendUint16(sub, 7)
				sub = le.AppendUint32(sub, uint32(len(p[3])))
				sub = le.AppendUint32(sub, uint32(place+i*len(p[3])))
			}
			sub = append(append(append(sub, 0, 0, 0, 0), p[3]...), p[4]...)
			b = le.AppendUint16(b, tag.tag)
			b = le.AppendUint16(b, 4)
			b = le.AppendUint32(b, 1)
			b = le.AppendUint32(b, uint32(at+len(bodies)))
			bodies = append(bodies, sub...)
			continue
		}
		b = le.AppendUint16(b, tag.tag)
		b = le.AppendUint16(b, tag.kind)
		b = le.AppendUint32(b, uint32(len(body)))
		b = le.AppendUint32(b, uint32(at+len(bodies)))
		bodies = append(bodies, body...)
	}
	b = le.AppendUint32(b, 0)
	return append(b, bodies...)
}

var exifParts = []string{"{{Exif description}}", "{{print data}}", "{{tag of no list}}", "{{maker's note}}",
	"{{comment in Exif}}"}

// richJPEG plants what exiftool can't write into a JPEG.
func richJPEG(_ *testing.T, in []byte, p []string) []byte {
	out := []byte{0xFF, 0xD8}
	for _, s := range []struct {
		marker byte
		body   string
	}{
		{0xE0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"},
		{0xE0, "JFXX\x00\x10" + p[0]}, {0xE1, "Exif\x00\x00" + string(exifOf(p[1:6]))},
		{0xE1, "http://ns.adobe.com/xmp/extension/\x00" + p[6]},
		{0xE2, "ICC_PROFILE\x00\x01\x01" + string(profileOf(p[7:11]...))},
		{0xE2, "MPF\x00" + p[11]}, {0xE2, "FPXR\x00" + p[12]}, {0xE3, "Meta\x00" + p[13]}, {0xEB, "JP\x00\x00" + p[14]},
		{0xEC, "PictureInfo" + p[15]}, {0xED, "Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0F" + p[16]},
		{0xEE, "Adobe\x00\x64\x00\x00\x00\x00\x01" + p[17]}, {0xEF, p[18]}, {0xFE, p[19]}, {0xF0, p[20]}, {0x02, p[21]},
	} {
		out = append(out, lengthened(s.marker, s.body)...)
	}
	body := in[2:]
	if bytes.HasPrefix(body, []byte{0xFF, 0xE0}) { // ImageMagick's own
		body = body[2+int(body[2])<<8+int(body[3]):]
	}
	end := bytes.LastIndex(body, []byte{0xFF, 0xD9})
	out = append(out, body[:end]...)
	out = append(out, lengthened(0xFE, p[22])...) // behind the scan
	return append(append(out, 0xFF, 0xD9), p[23]...)
}

var richJPEGParts = append(append([]string{"{{JFXX thumbnail}}"}, exifParts...), "{{extended XMP}}",
	"{{ICC description}}", "{{ICC copyright}}", "{{ICC maker}}", "{{ICC model}}", "{{MPF}}", "{{FlashPix}}", "{{APP3}}",
	"{{APP11}}", "{{PictureInfo}}", "{{Photoshop block}}", "{{tail of Adobe's segment}}", "{{APP15}}", "{{JPEG comment}}",
	"{{reserved segment}}", "{{reserved segment of two}}", "{{comment behind the scan}}", "{{bytes behind a JPEG}}")

// richPNG plants what exiftool can't write into a PNG.
func richPNG(_ *testing.T, in []byte, p []string) []byte {
	out := bytes.Clone(in[:33])
	out = append(out, pngChunk("iCCP", append([]byte(p[0]+"\x00\x00"), zlibbed(profileOf(p[1:5]...))...))...)
	out = append(out, pngChunk("sPLT", []byte(p[5]+"\x00\x08\x01\x02\x03\x04\x00\x00"))...)
	out = append(out, pngChunk("tEXt", []byte(p[6]+"\x00"+p[7]))...)
	out = append(out, pngChunk("zTXt", append([]byte("A\x00\x00"), zlibbed([]byte(p[8]))...))...)
	out = append(out, pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+p[9]))...)
	out = append(out, pngChunk("iTXt", append([]byte("A\x00\x01\x00zh\x00"+p[10]+"\x00"), zlibbed([]byte(p[11]))...))...)
	out = append(out, pngChunk("eXIf", exifOf(p[12:17]))...)
	out = append(out, pngChunk("prVt", []byte(p[17]))...)
	out = append(out, pngChunk("caNv", []byte(p[18]))...)
	out = append(out, pngChunk("gAMA", append([]byte{0, 0, 0xB1, 0x8F}, p[19]...))...)
	out = append(out, pngChunk("pCAL", []byte(p[20]+"\x00"+strings.Repeat("\x00", 10)))...)
	packed := append(zlibbedRaw(chunksOf(in, "IDAT")), p[21]...)
	out = append(out, pngChunk("IDAT", packed)...)
	out = append(out, pngChunk("tEXt", []byte("Author\x00"+p[22]))...)
	out = append(out, pngChunk("IEND", []byte(p[23]))...)
	return append(out, p[24]...)
}

func zlibbedRaw(b []byte) []byte { return bytes.Clone(b) }

var richPNGParts = append(append([]string{"{{name of a profile}}", "{{ICC description}}", "{{ICC copyright}}",
	"{{ICC maker}}", "{{ICC model}}", "{{sPLT}}", "{{keyword of a text}}", "{{text}}", "{{packed text}}", "{{XMP}}",
	"{{translated keyword}}", "{{packed international text}}"}, exifParts...), "{{private chunk}}", "{{canvas chunk}}",
	"{{tail of gAMA}}", "{{pCAL}}", "{{bytes behind the packed pixels}}", "{{text behind the pixels}}",
	"{{body of IEND}}", "{{bytes behind a PNG}}")

func subBlocks(s string) string { return string([]byte{byte(len(s))}) + s + "\x00" }

// richGIF plants blocks of extensions into a GIF.
func richGIF(_ *testing.T, in []byte, p []string) []byte {
	at := 13
	if in[10]&0x80 != 0 {
		at += 3 << (in[10]&7 + 1)
	}
	out := bytes.Clone(in[:at])
	for _, s := range []string{
		"\xFE" + subBlocks(p[0]), "\xFF\x0BXMP DataXMP" + subBlocks(p[1]), "\xFF\x0BICCRGBG1012" + subBlocks(p[2]),
		"\xFF\x0BMGK8BIM0000" + subBlocks(p[3]), "\xFF\x0B" + p[4][:11] + subBlocks(p[4]),
		"\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00" + subBlocks(p[5]),
		"\x01\x0C\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" + subBlocks(p[6]), "\x42" + subBlocks(p[7]),
		"\xF9\x04\x00\x00\x00\x00" + subBlocks(p[8]),
	} {
		out = append(append(out, '!'), s...)
	}
	return append(append(out, in[at:]...), p[9]...)
}

var richGIFParts = []string{"{{GIF comment}}", "{{XMP block}}", "{{ICC block}}", "{{8BIM block}}",
	"{{block of a program}}", "{{tail of the repetition block}}", "{{GIF text}}", "{{unknown extension}}",
	"{{tail of a control block}}", "{{bytes behind a GIF}}"}

// richWebP plants chunks into a WebP.
func richWebP(_ *testing.T, in []byte, p []string) []byte {
	chunk := func(kind string, body []byte) []byte {
		b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
		if b = append(b, body...); len(body)%2 == 1 {
			b = append(b, 0)
		}
		return b
	}
	body := []byte("WEBP")
	body = append(body, chunk("VP8X", []byte("\x2C\x00\x00\x00\x3F\x00\x00\x2F\x00\x00"))...)
	body = append(body, chunk("ICCP", profileOf(p[0:4]...))...)
	body = append(body, in[12:]...)
	body = append(body, chunk("EXIF", exifOf(p[4:9]))...)
	body = append(body, chunk("XMP ", []byte(p[9]))...)
	body = append(body, chunk("MARK", []byte(p[10]))...)
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)))
	return append(append(out, body...), p[11]...)
}

var richWebPParts = append(append([]string{"{{ICC description}}", "{{ICC copyright}}", "{{ICC maker}}",
	"{{ICC model}}"}, exifParts...), "{{XMP}}", "{{unknown chunk}}", "{{bytes behind a WebP}}")

// richBMP plants a profile, a gap and a tail into a BMP of version 5.
func richBMP(_ *testing.T, _ []byte, p []string) []byte {
	const w, h = 16, 16
	le := binary.LittleEndian
	pixels := bytes.Repeat([]byte{1, 2, 3}, w*h)
	profile := profileOf(p[0:4]...)
	head := make([]byte, 14+124)
	copy(head, "BM")
	copy(head[6:], p[4][:4])
	gap := p[5]
	at := len(head) + len(gap)
	le.PutUint32(head[10:], uint32(at))
	le.PutUint32(head[14:], 124)
	le.PutUint32(head[18:], w)
	le.PutUint32(head[22:], h)
	le.PutUint16(head[26:], 1)
	le.PutUint16(head[28:], 24)
	le.PutUint32(head[34:], uint32(len(pixels)))
	copy(head[14+56:], "DEBM")
	le.PutUint32(head[14+112:], uint32(at+len(pixels)-14))
	le.PutUint32(head[14+116:], uint32(len(profile)))
	out := append(append(append(head, gap...), pixels...), profile...)
	le.PutUint32(out[2:], uint32(len(out)))
	return append(out, p[6]...)
}

// richTIFF adds a directory of tags that exiftool does not write, and bytes that no tag names.
func richTIFF(_ *testing.T, in []byte, p []string) []byte {
	order := binary.ByteOrder(binary.LittleEndian)
	if in[0] == 'M' {
		order = binary.BigEndian
	}
	at := int(order.Uint32(in[4:]))
	n := int(order.Uint16(in[at:]))
	out := bytes.Clone(in)
	type tag struct {
		id, kind uint16
		body     string
	}
	add := []tag{{285, 2, p[0]}, {333, 2, p[1]}, {700, 1, p[2]}, {33723, 7, p[3]}, {34377, 7, p[4]},
		{34675, 7, string(profileOf(p[5:9]...))}, {37724, 7, p[9]}, {50000, 2, p[10]}, {266, 2, p[11]}}
	for len(out)%2 != 0 {
		out = append(out, 0)
	}
	places := make([]int, len(add))
	for i, a := range add {
		places[i] = len(out)
		if out = append(out, a.body...); len(out)%2 != 0 {
			out = append(out, 0)
		}
	}
	out = append(out, p[12]...)
	for len(out)%2 != 0 {
		out = append(out, 0)
	}
	dir := len(out)
	number := func(size int, v uint32) {
		b := make([]byte, 4)
		order.PutUint32(b, v)
		if size == 2 {
			order.PutUint16(b, uint16(v))
		}
		out = append(out, b[:size]...)
	}
	kept := 0
	for i := range n {
		if id := order.Uint16(in[at+2+12*i:]); id != 266 && id != 285 && id != 34675 {
			kept++
		}
	}
	number(2, uint32(kept+len(add)))
	for i := range n {
		e := in[at+2+12*i : at+14+12*i]
		if id := order.Uint16(e); id != 266 && id != 285 && id != 34675 {
			out = append(out, e...)
		}
	}
	for i, a := range add {
		number(2, uint32(a.id))
		number(2, uint32(a.kind))
		number(4, uint32(len(a.body)))
		number(4, uint32(places[i]))
	}
	number(4, 0)
	order.PutUint32(out[4:], uint32(dir))
	return out
}

// someTags are tags that exiftool writes into most kinds of files.
var someTags = strings.Fields(`-XMP-dc:Creator={{XMP_dc_creator}} -XMP-dc:Title={{XMP_dc_title}}
	-XMP-dc:Subject={{XMP_dc_subject}} -XMP-dc:Rights={{XMP_dc_rights}} -XMP-dc:Publisher={{XMP_dc_publisher}}
	-XMP-photoshop:Credit={{XMP_photoshop_credit}} -XMP-photoshop:Source={{XMP_photoshop_source}}
	-XMP-xmp:CreatorTool={{XMP_xmp_tool}} -XMP-xmp:Label={{XMP_xmp_label}} -XMP-xmpMM:DocumentID={{XMP_mm_document}}
	-XMP-xmpRights:Owner={{XMP_rights_owner}} -XMP-iptcCore:CreatorCity={{XMP_core_city}}
	-XMP-iptcExt:PersonInImage={{XMP_ext_person}} -XMP-tiff:Artist={{XMP_tiff_artist}}
	-XMP-exif:UserComment={{XMP_exif_comment}} -XMP-aux:OwnerName={{XMP_aux_owner}}
	-XMP-plus:LicensorName={{XMP_plus_licensor}} -XMP-pdf:Author={{XMP_pdf_author}}
	-XMP-mwg-rs:RegionName={{XMP_region_name}} -XMP-cc:AttributionName={{XMP_cc_attribution}}`)

var exifTags = strings.Fields(`-EXIF:Artist={{Exif_Artist}} -EXIF:Copyright={{Exif_Copyright}}
	-EXIF:ImageDescription={{Exif_ImageDescription}} -EXIF:DocumentName={{Exif_DocumentName}}
	-EXIF:PageName={{Exif_PageName}} -EXIF:UserComment={{Exif_UserComment}} -EXIF:OwnerName={{Exif_OwnerName}}
	-EXIF:SerialNumber={{Exif_SerialNumber}} -EXIF:LensSerialNumber={{Exif_LensSerialNumber}}
	-EXIF:XPAuthor={{Exif_XPAuthor}} -EXIF:GPSProcessingMethod={{Exif_GPSMethod}}
	-EXIF:ImageUniqueID={{Exif_UniqueID}} -EXIF:RelatedSoundFile={{Exif_Sound}}`)

var iptcTags = strings.Fields(`-IPTC:By-line={{IPTC_by-line}} -IPTC:By-lineTitle={{IPTC_by-line_title}}
	-IPTC:Credit={{IPTC_credit}} -IPTC:Source={{IPTC_source}} -IPTC:CopyrightNotice={{IPTC_copyright}}
	-IPTC:Contact={{IPTC_contact}} -IPTC:Writer-Editor={{IPTC_writer}} -IPTC:Headline={{IPTC_headline}}
	-IPTC:SpecialInstructions={{IPTC_instructions}} -IPTC:City={{IPTC_city}} -IPTC:ObjectName={{IPTC_object}}
	-IPTC:OriginalTransmissionReference={{IPTC_reference}} -IPTC:Sub-location={{IPTC_sublocation}}
	-Photoshop:URL={{Photoshop_URL}} -Ducky:Comment={{Ducky_comment}} -Ducky:Copyright={{Ducky_copyright}}
	-PhotoMechanic:ColorClass=1 -Comment={{comment}}`)

// tags joins lists of tags and of parts.
func tags(lists ...[]string) (out []string) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

var pictureFiles = []markedFile{
	{"5.jpg", byTools("jpg", nil), tags(someTags, exifTags, iptcTags)},
	{"6.jpg", byTools("jpg", richJPEG), richJPEGParts},
	{"5.png", byTools("png", nil), tags(someTags, exifTags)},
	{"6.png", byTools("png", richPNG), richPNGParts},
	{"5.gif", byTools("gif", nil), tags(someTags, []string{"-Comment={{comment}}"})},
	{"6.gif", byTools("gif", richGIF), richGIFParts},
	{"5.webp", byTools("webp", nil), tags(someTags, exifTags)},
	{"6.webp", byTools("webp", richWebP), richWebPParts},
	{"5.tif", byTools("tif", nil), tags(someTags, exifTags, iptcTags[:13])},
	{"6.tif", byTools("tif", richTIFF), []string{"{{page name}}", "{{ink names}}", "{{XMP}}", "{{IPTC}}",
		"{{Photoshop}}", "{{ICC description}}", "{{ICC copyright}}", "{{ICC maker}}", "{{ICC model}}", "{{ImageSourceData}}",
		"{{private tag}}", "{{words in a tag of numbers}}", "{{bytes of no tag}}"}},
	{"5.heic", byTools("heic", nil), tags(someTags, exifTags)},
	{"5.jp2", byTools("jp2", nil), tags(someTags)},
	{"6.bmp", byTools("bmp", richBMP), []string{"{{ICC description}}", "{{ICC copyright}}", "{{ICC maker}}",
		"{{ICC model}}", "{{reserved}}", "{{gap before the pixels}}", "{{bytes behind a BMP}}"}},
}

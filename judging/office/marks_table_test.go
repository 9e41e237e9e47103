package office_test

import "strings"

const (
	wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
		`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ` +
		`xmlns:v="urn:schemas-microsoft-com:vml" ` +
		`xmlns:o="urn:schemas-microsoft-com:office:office" ` +
		`xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`
	odfSpaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
		`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
		`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
		`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" ` +
		`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
		`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"`
)

func relation(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + officeTypes + kind + `" Target="` + target + `"/>`
}

var wordParts = []string{
	"comment", "{{zip comment}}",
	"[Content_Types].xml", `<Types><Default Extension="xml" ContentType="application/{{content type}}"/></Types>`,
	"_rels/.rels", `<Relationships>` + relation("{{id of a relationship}}", "officeDocument", "word/document.xml") +
		relation("r2", "custom-properties", "docProps/custom.xml") + `</Relationships>`,
	"docProps/core.xml", "<a>{{author in core properties}}{{title in core properties}}</a>",
	"docProps/app.xml", "<a>{{company in app properties}}{{manager in app properties}}</a>",
	"docProps/custom.xml", "<a>{{custom property}}</a>", "docProps/thumbnail.jpeg", "{{thumbnail}}",
	"customXml/item1.xml", "<a>{{custom XML}}</a>", "word/people.xml", "<a>{{people}}</a>",
	"word/_rels/document.xml.rels", `<Relationships>` + relation("a", "comments", "comments.xml") +
		relation("b", "settings", "settings.xml") + relation("c", "styles", "styles.xml") +
		relation("d", "image", "media/{{name of a picture}}.png") + relation("e", "package", "embeddings/b.docx") +
		relation("f", "header", "header1.xml") + relation("g", "oleObject", "o.bin") +
		relation("h", "glossaryDocument", "g.xml") +
		`<Relationship Id="x" TargetMode="External" Type="` + officeTypes +
		`hyperlink" Target="mailto:{{address of a link}}"/>` +
		`<Relationship Id="y" TargetMode="External" Type="` + officeTypes +
		`subDocument" Target="C:\{{path of a part}}"/>` +
		`<Relationship Id="z" TargetMode="External" Type="` + officeTypes +
		`image" Target="file:///{{path of a picture}}"/>` +
		`</Relationships>`,
	"word/comments.xml", "<a>{{comment}}{{author of a comment}}</a>", "word/g.xml", "<a>{{glossary}}</a>",
	"word/o.bin", "{{embedded object}}", "word/embeddings/b.docx", "{{embedded document}}", "word/lost.xml",
	"<a>{{part without a relationship}}</a>",
	"word/settings.xml",
	`<w:settings ` + wordSpaces +
		`><w:docVars><w:docVar w:name="{{name of a variable}}" w:val="{{variable}}"/></w:docVars>` +
		`<w:mailMerge><w:query w:val="{{mail merge}}"/></w:mailMerge><w:rsids><w:rsid w:val="{{revision id}}"/>` +
		`</w:rsids>` +
		`<w:writeProtection w:hash="{{write protection}}"/></w:settings>`,
	"word/styles.xml",
	`<w:styles ` + wordSpaces + `><w:style w:styleId="{{id of a style}}"><w:name w:val="{{name of a style}}"/>` +
		`</w:style><w:style w:styleId="hid"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
	"word/header1.xml",
	`<w:hdr ` + wordSpaces +
		`><!--{{XML comment}}--><?x {{XML instruction}}?><w:p><w:bookmarkStart w:name="{{bookmark in a header}}"/>` +
		`<w:r><w:rPr><w:vanish w:val="1"/></w:rPr><w:t>{{hidden text in a header}}</w:t></w:r></w:p></w:hdr>`,
	"word/document.xml",
	`<w:document xmlns:q="http://example.org/{{a namespace}}" ` + wordSpaces +
		`><w:body><w:p><w:r><w:t>宪法</w:t></w:r>` +
		`<q:x>{{element of a foreign namespace}}</q:x><w:del w:author="{{author of a deletion}}"><w:r>` +
		`<w:delText>{{deleted text}}</w:delText></w:r></w:del>` +
		`<w:moveFrom><w:r><w:t>{{moved text}}</w:t></w:r></w:moveFrom><w:ins w:author="{{author of an ` +
		`insertion}}"><w:r><w:t>法</w:t></w:r></w:ins>` +
		`<w:r><w:rPr><w:vanish/></w:rPr><w:t>{{hidden text}}</w:t></w:r><w:r><w:rPr><w:specVanish/></w:rPr><w:t>` +
		`{{specially hidden text}}</w:t></w:r>` +
		`<w:r><w:rPr><w:rStyle w:val="hid"/></w:rPr><w:t>{{text in a hidden style}}</w:t></w:r>` +
		`<w:bookmarkStart w:id="1" w:name="{{bookmark}}"/><w:hyperlink w:tooltip="{{tip of a link}}" ` +
		`w:anchor="{{anchor of a link}}"><w:r><w:t>x</w:t></w:r></w:hyperlink>` +
		`<w:r><w:instrText> AUTHOR {{field}} </w:instrText></w:r><w:fldSimple w:instr="DOCPROPERTY {{simple ` +
		`field}}"><w:r><w:t>y</w:t></w:r></w:fldSimple>` +
		`<w:r><w:fldChar><w:ffData><w:name w:val="{{name of a form field}}"/><w:helpText w:val="{{help of a ` +
		`form field}}"/></w:ffData></w:fldChar></w:r>` +
		`<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{{name of a drawing}}" descr="{{alternative text}}" ` +
		`title="{{title of a drawing}}">` +
		`<a:hlinkClick tooltip="{{tip of a drawing's link}}"/></wp:docPr><a:graphic><pic:pic><pic:cNvPr ` +
		`name="{{name of a picture in its frame}}" descr="{{description of a picture}}"/>` +
		`<a:blip><a:extLst><a:ext>{{extension}}</a:ext></a:extLst></a:blip></pic:pic></a:graphic></wp:inline>` +
		`</w:drawing></w:r>` +
		`<w:r><v:shape id="{{id of a shape}}" alt="{{alternative text of a shape}}" o:gfxdata="{{packed ` +
		`shape}}"/></w:r>` +
		`<w:rPr><w:rPrChange w:author="{{author of a change of form}}"/></w:rPr></w:p>` +
		`<w:sdt><w:sdtPr><w:alias w:val="{{alias of a control}}"/><w:tag w:val="{{tag of a control}}"/>` +
		`<w:dropDownList><w:listItem w:displayText="{{choice of a list}}"/></w:dropDownList>` +
		`<w:dataBinding w:xpath="{{binding of a control}}"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>` +
		`<w:customXml w:element="{{element of custom XML}}"><w:customXmlPr><w:attr w:val="{{attribute of custom ` +
		`XML}}"/></w:customXmlPr></w:customXml>` +
		`<w:smartTag w:element="{{smart tag}}"/></w:body></w:document>`,
}

var slideParts = []string{
	"[Content_Types].xml", "<Types/>", "_rels/.rels",
	`<Relationships>` + relation("a", "officeDocument", "ppt/presentation.xml") + `</Relationships>`,
	"ppt/_rels/presentation.xml.rels",
	`<Relationships>` + relation("s", "slide", "slides/{{name of a slide}}.xml") +
		relation("c", "commentAuthors", "ca.xml") +
		relation("n", "tags", "tags.xml") + `</Relationships>`,
	"ppt/ca.xml", `<p:cmAuthorLst>{{author of comments on slides}}</p:cmAuthorLst>`, "ppt/tags.xml",
	`<a>{{tag of slides}}</a>`,
	"ppt/presentation.xml",
	`<p:presentation ` + wordSpaces +
		`><p:sldIdLst><p:sldId r:id="s"/></p:sldIdLst><p:custShowLst>{{custom show}}</p:custShowLst>` +
		`<p:extLst><p:ext>{{name of a section}}</p:ext></p:extLst></p:presentation>`,
	"ppt/slides/{{file of a slide}}.xml", "<a/>",
	"ppt/notesSlides/n.xml", "<a>{{speaker's notes}}</a>", "ppt/comments/c.xml", "<a>{{comment on a slide}}</a>",
}

var sheetParts = []string{
	"mimetype", "application/vnd.oasis.opendocument.text", "meta.xml",
	"<a>{{author in meta.xml}}{{user field in meta.xml}}</a>",
	"settings.xml", "<a>{{printer in settings.xml}}</a>", "Thumbnails/thumbnail.png", "{{OpenDocument thumbnail}}",
	"Configurations2/x.xml", "<a>{{configuration}}</a>", "Basic/Standard/m.xml", "<a>{{macro}}</a>",
	"manifest.rdf", "<a>{{RDF}}</a>",
	"Object 1/content.bin", "{{part of an object}}", "META-INF/documentsignatures.xml", "<a>{{signature}}</a>",
	"styles.xml",
	`<office:document-styles ` + odfSpaces +
		`><style:style style:name="{{name of a style in OpenDocument}}" style:display-name="{{shown name of a ` +
		`style}}"/>` +
		`<style:style style:name="h1"><style:text-properties text:display="none"/></style:style>` +
		`</office:document-styles>`,
	"content.xml",
	`<office:document-content ` + odfSpaces +
		`><office:scripts>{{script}}</office:scripts><office:forms>{{form}}</office:forms>` +
		`<text:tracked-changes><text:p>{{deleted text in OpenDocument}}</text:p></text:tracked-changes>` +
		`<text:user-field-decls><text:user-field-decl office:string-value="{{user field}}"/></text:user-field-decls>` +
		`<text:p>宪法<office:annotation><dc:creator>{{author of an annotation}}</dc:creator><text:p>{{annotation}}` +
		`</text:p></office:annotation>` +
		`<text:bookmark text:name="{{bookmark in OpenDocument}}"/><text:reference-mark text:name="{{reference ` +
		`mark}}"/>` +
		`<text:a xlink:href="mailto:{{link in OpenDocument}}" office:title="{{title of a link}}">a</text:a>` +
		`<text:hidden-text text:string-value="{{hidden field}}">x</text:hidden-text>` +
		`<text:span text:style-name="h1">{{text of a hidden style in OpenDocument}}</text:span>` +
		`<text:author-name>{{author field}}</text:author-name>` +
		`<text:sender-firstname>{{sender field}}</text:sender-firstname></text:p><text:section ` +
		`text:display="none"><text:p>{{hidden section}}</text:p></text:section>` +
		`<draw:frame draw:name="{{name of a frame}}"><svg:title>{{title of a frame}}</svg:title><svg:desc>` +
		`{{description of a frame}}</svg:desc></draw:frame>` +
		`<table:table table:name="{{name of a table}}"/></office:document-content>`,
}

var pdfParts = []string{
	"%PDF-1.4\n%{{remark in a PDF}}\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Lang({{language}})/URI<</Base({{base " +
		"of links}})>>/Outlines 9 0 R/PieceInfo<</X<</Private({{private data}})>>>>" +
		"/Names<</EmbeddedFiles<</Names[({{name of an attachment}})<</F({{file of an " +
		"attachment}})/Desc({{description of an attachment}})>>]>>>>/ViewerPreferences<</X({{viewer " +
		"preference}})>>" +
		"/AcroForm<</Fields[<</T({{name of a field}})/V({{value of a field}})/TU({{tip of a field}})/Ff " +
		"2/Subtype/Widget/F 2>>]>>/PageLabels<</Nums[0<</P({{page label}})>>]>>>>\nendobj\n" +
		"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 " +
		"100 100]/Contents[4 0 R 5 0 R]/X({{made-up key of a page}})/PieceInfo<</Y({{page's private data}})>>" +
		"/Resources<</Font<</F 6 0 R>>/Properties<</P<</ActualText({{ActualText in properties}})>>>>/XObject<" +
		"</I 7 0 R>>>>/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 1 1]/F 2/Contents({{annotation of a " +
		"PDF}})/T({{author of a PDF annotation}})>>]>>\nendobj\n",
	pdfStream(
		"4 0 obj", "",
		"% {{remark in content}}\nBT /F 9 Tf 3 Tr ({{invisible text}}) Tj 7 Tr [({{clipping text}})] TJ 0 Tr ET "+
			"/Span<</ActualText({{ActualText in line}})/Alt({{Alt in line}})/E({{expansion}})>>BDC EMC /P /P BDC EMC\n",
	),
	pdfStream("5 0 obj", "", "/{{tag of a marked point}} MP /A <</B({{marked point}})>> DP q /I Do Q\n"),
	"6 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Note({{made-up key of a font}})>>\nendobj\n",
	pdfStream(
		"7 0 obj", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Name/{{name of a form}}/X({{made-up key of a form}})",
		"%{{remark in a form}}\n0 0 1 1 re f\n",
	),
	"8 0 obj\n<</Author({{Author}})/Title({{Title}})/Subject({{Subject}})" +
		"/Keywords({{Keywords}})/Creator({{Creator}})/Producer({{Producer}})" +
		"/Company({{made-up property}})>>\nendobj\n" +
		"9 0 obj\n<</First 10 0 R/Last 10 0 R/Count 1>>\nendobj\n10 0 obj\n<</Title({{PDF bookmark}})/Parent 9 " +
		"0 R>>\nendobj\n11 0 obj\n({{object without a reference}})\nendobj\n" +
		"trailer\n<</Root 1 0 R/Info 8 0 R/Size 12>>\n%%EOF\n{{bytes behind the end}}\n",
}

// pdfStream writes a stream; its length is left to the reader's repair, since marks change it.
func pdfStream(head, dict, body string) string {
	return head + "\n<<" + dict + "/Length 0>>\nstream\n" + body + "\nendstream\nendobj\n"
}

var pictureTags = strings.Fields(
	`-EXIF:Artist={{Exif_Artist}} -EXIF:Copyright={{Exif_Copyright}} -EXIF:ImageDescription={{Exif_ImageDescription}}
	-EXIF:UserComment={{Exif_UserComment}} -EXIF:OwnerName={{Exif_OwnerName}}
	-EXIF:SerialNumber={{Exif_SerialNumber}} -EXIF:LensModel={{Exif_LensModel}}
	-EXIF:Make={{Exif_Make}} -EXIF:Model={{Exif_Model}} -EXIF:Software={{Exif_Software}}
	-EXIF:XPAuthor={{Exif_XPAuthor}} -EXIF:XPTitle={{Exif_XPTitle}}
	-EXIF:XPKeywords={{Exif_XPKeywords}} -EXIF:HostComputer={{Exif_HostComputer}}
	-EXIF:GPSAreaInformation={{Exif_GPSArea}} -XMP-dc:Creator={{XMP_creator}}
	-XMP-dc:Title={{XMP_title}} -XMP-dc:Rights={{XMP_rights}} -XMP-dc:Description={{XMP_description}}
	-XMP-photoshop:AuthorsPosition={{XMP_position}}
	-XMP-iptcCore:CreatorCity={{XMP_city}} -XMP-xmpMM:DocumentID={{XMP_document}}`,
)

var soundTags = strings.Fields(
	`title={{title_tag}} artist={{artist_tag}} album={{album_tag}} comment={{comment_tag}}
	composer={{composer_tag}} copyright={{copyright_tag}}
	description={{description_tag}} lyrics={{lyrics_tag}} genre={{genre_tag}} encoder={{encoder_tag}}
	publisher={{publisher_tag}}`,
)

var tone = strings.Fields("-f lavfi -i sine=d=1")
var film = strings.Fields("-f lavfi -i testsrc=d=1:s=64x64:r=5 -f lavfi -i sine=d=1 -shortest")

var markedFiles = []markedFile{
	{"1.docx", zipOf, wordParts},
	{"1.pptx", zipOf, slideParts},
	{"1.odt", zipOf, sheetParts},
	{"1.pdf", joined, pdfParts},
	{
		"1.jpg", byExiftool("jpg"),
		append(
			pictureTags[:len(pictureTags):len(pictureTags)], "-Comment={{JPEG comment}}",
			"-IPTC:By-line={{IPTC by-line}}", "-IPTC:Keywords={{IPTC keywords}}",
			"-IPTC:Caption-Abstract={{IPTC caption}}", "-JPEG:Afcp={{AFCP}}",
		),
	},
	{
		"1.png", byExiftool("png"),
		append(
			pictureTags[:len(pictureTags):len(pictureTags)], "-PNG:Author={{PNG author}}",
			"-PNG:Comment={{PNG comment}}", "-PNG:Source={{PNG source}}",
		),
	},
	{"1.mp3", byFFmpeg("mp3", append(tone[:4:4], "-write_id3v1", "1")...), soundTags},
	{"1.flac", byFFmpeg("flac", tone...), soundTags},
	{"1.ogg", byFFmpeg("ogg", tone...), soundTags},
	{"1.wav", byFFmpeg("wav", tone...), soundTags},
	{"1.m4a", byFFmpeg("m4a", tone...), soundTags},
	{"1.wma", byFFmpeg("wma", tone...), soundTags},
	{"1.mp4", byFFmpeg("mp4", film...), soundTags},
	{"1.mkv", byFFmpeg("mkv", film...), soundTags},
	{"1.avi", byFFmpeg("avi", film...), soundTags},
	{"1.flv", byFFmpeg("flv", film...), soundTags},
	{
		"1.txt", joined,
		[]string{
			`<html><head><title>{{title of a page}}</title><meta name="author" content="{{meta author}}"></head>` +
				`<body><!--{{comment in a page}}--><script>{{script in a page}}</script>` +
				`<p hidden>{{hidden paragraph}}</p><p style="display: none">{{paragraph not displayed}}</p><p ` +
				`title="{{title attribute}}">宪法<img alt="{{alt of a picture}}" src="{{address of a ` +
				`picture}}"></p></body></html>`,
		},
	},
	{
		"2.txt", joined,
		[]string{
			`<svg xmlns="http://www.w3.org/2000/svg"><title>{{SVG title}}</title><metadata>{{SVG metadata}}` +
				`</metadata><!--{{SVG comment}}--></svg>`,
		},
	},
	{
		"1.rtf", joined,
		[]string{
			`{\rtf1\ansi{\info{\author {{RTF author}}}{\title {{RTF title}}}{\company {{RTF ` +
				`company}}}}{\*\generator {{RTF generator}};}{\stylesheet{ {{RTF style}};}}` +
				`words{\v {{RTF hidden text}}}{\*\bkmkstart {{RTF bookmark}}}{\annotation {{RTF ` +
				`annotation}}}{\field{\*\fldinst HYPERLINK "{{RTF link}}"}{\fldrslt x}}{\deleted {{RTF ` +
				`deleted text}}}}`,
		},
	},
}

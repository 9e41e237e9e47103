package trace

// Trace is a kind of thing that reports a maker.
type Trace string

// The traces that a file can lose.
const (
	Author   Trace = "author"   // names of people and organisations
	Place    Trace = "place"    // where it was made
	Date     Trace = "date"     // when it was made
	Device   Trace = "device"   // camera, telephone, computer
	Title    Trace = "title"    // title and description
	Comment  Trace = "comment"  // free text
	Software Trace = "software" // program and its settings
	Preview  Trace = "preview"  // small pictures, perhaps of an earlier state
	History  Trace = "history"  // who changed what
	Attached Trace = "attached" // files within the file
	Unnamed  Trace = "unnamed"  // data that could hold anything
)

// Result says what a copy lost.
type Result struct {
	// jpeg, png, gif, webp, tiff, bmp, mp4, matroska, asf, avi, wav, mp3, aac, flac, ogg, amr, ooxml, odf, ole
	// (doc, xls, ppt, wps), text, pdf
	Format  string
	Removed []Trace // sorted, each once
	Left    []Trace // what is there still and may tell of a maker
}

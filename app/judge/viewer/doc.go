// Package viewer shows a judge the files of a work: pictures fitted, enlarged and compared, PDF page by page, texts in
// large type, and a nameless copy for the system's own program where none of these can show them.
//
// It promises that at most one picture is held at full size, that the files around the work shown are read ahead one
// at a time at the size of the screen, that what comes late is never shown with another work, and that no copy made
// for another program stays when its shelf is closed. It knows codes and kinds of files: no author, no file name, no
// marks. What stands around it is asked for through Desk.
package viewer

// Package chooser lets people choose a file, a folder, or a place for a new file, in their own language and with what
// they know a file by: its name, when it was changed, how large it is. The toolkit's own window speaks English and
// shows names only.
package chooser

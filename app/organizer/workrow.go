package organizer

// noFiles is the state of works without an attachment, in the filter and in routes.
const noFiles = "no_files"

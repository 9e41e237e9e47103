; The installer for Windows: program, headless program, start menu, double click on packets. It installs for the user who runs it and needs no administrator.
Unicode true
Name "法艺评审"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Fayi"
RequestExecutionLevel user
SetCompressor /SOLID lzma
Icon "${SOURCE}/fayi.ico"
UninstallIcon "${SOURCE}/fayi.ico"
!include MUI2.nsh
!define MUI_ICON "${SOURCE}/fayi.ico"
!insertmacro MUI_PAGE_LICENSE "${SOURCE}/LICENSE.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\fayi.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Fayi"

Section
  SetOutPath "$INSTDIR"
  File "${SOURCE}/fayi.exe"
  File "${SOURCE}/fayictl.exe"
  File "${SOURCE}/fayi.ico"
  File "${SOURCE}/LICENSE.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\法艺评审.lnk" "$INSTDIR\fayi.exe"
  CreateShortcut "$DESKTOP\法艺评审.lnk" "$INSTDIR\fayi.exe"
  WriteRegStr HKCU "Software\Classes\.fayipacket" "" "Fayi.Packet"
  WriteRegStr HKCU "Software\Classes\Fayi.Packet" "" "法艺评审包"
  WriteRegStr HKCU "Software\Classes\Fayi.Packet\DefaultIcon" "" "$INSTDIR\fayi.ico"
  WriteRegStr HKCU "Software\Classes\Fayi.Packet\shell\open\command" "" '"$INSTDIR\fayi.exe" "%1"'
  ; a contest is a folder: its context menu opens it
  WriteRegStr HKCU "Software\Classes\Directory\shell\Fayi" "" "用法艺评审打开"
  WriteRegStr HKCU "Software\Classes\Directory\shell\Fayi" "AppliesTo" "System.FileName:$\"*.fayi$\""
  WriteRegStr HKCU "Software\Classes\Directory\shell\Fayi\command" "" '"$INSTDIR\fayi.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "法艺评审 ${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\fayi.ico"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" "$INSTDIR\uninstall.exe"
SectionEnd

Section Uninstall
  Delete "$INSTDIR\fayi.exe"
  Delete "$INSTDIR\fayictl.exe"
  Delete "$INSTDIR\fayi.ico"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\法艺评审.lnk"
  Delete "$DESKTOP\法艺评审.lnk"
  DeleteRegKey HKCU "Software\Classes\.fayipacket"
  DeleteRegKey HKCU "Software\Classes\Fayi.Packet"
  DeleteRegKey HKCU "Software\Classes\Directory\shell\Fayi"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd

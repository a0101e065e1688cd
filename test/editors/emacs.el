;;; emacs.el --- Does in Emacs what a person does  -*- lexical-binding: t -*-

;; Opens MOAT_FILE, waits for the finding of MOAT_RULE whose text holds MOAT_MESSAGE, takes the fix whose title holds MOAT_TITLE, saves. What went
;; wrong is the only output.

(require 'cl-lib)
(require 'flymake)

(defconst moat-wait-s 20)

(defun moat-wait (what condition)
  "Wait until CONDITION gives something; WHAT names it."
  (let ((end (+ (float-time) moat-wait-s)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) end)
        (error "Waited for %s; there are %S" what
               (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
      (accept-process-output nil 0.05))
    value))

(defun moat-finding ()
  "The finding of MOAT_RULE in this buffer whose text holds MOAT_MESSAGE."
  (cl-find-if (lambda (diagnostic)
                (let ((text (flymake-diagnostic-text diagnostic)))
                  (and (string-match-p (regexp-quote (getenv "MOAT_RULE")) text)
                       (string-match-p (regexp-quote (getenv "MOAT_MESSAGE")) text))))
              (flymake-diagnostics)))

(let* ((title (getenv "MOAT_TITLE"))
       (eglot-confirm-server-initiated-edits nil)
       offered)
  (find-file (getenv "MOAT_FILE"))
  ;; Without a screen there is no command loop to run what `eglot-ensure' puts off.
  (run-hooks 'post-command-hook)
  (moat-wait "the server" #'eglot-managed-p)
  (flymake-start)
  (let ((before (buffer-string)))
    (goto-char (flymake-diagnostic-beg (moat-wait "the finding" #'moat-finding)))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (setq offered (mapcar #'car items))
                 (or (cl-find-if (lambda (item) (string-match-p (regexp-quote title) item)) offered)
                     (error "No fix %s; offered: %S" title offered)))))
      (let ((last-nonmenu-event ?a))
        (eglot-code-actions (point) nil nil t)))
    (when (equal before (buffer-string)) (error "The fix changed nothing; offered: %S" offered))
    ;; Changes are sent when Emacs idles, which it never does without a screen, or when the buffer is saved.
    (save-some-buffers t)
    (moat-wait "the finding to go" (lambda () (not (moat-finding)))))
  (kill-emacs 0))

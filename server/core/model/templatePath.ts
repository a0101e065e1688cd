/** Which files are templates, by their path alone. */
import { extension, type FilePath } from '../base/filePath';

/** True for texts that Flask would read as a template, by name or by folder. Static files are sent as they are. */
export function isTemplatePath(file: FilePath): boolean {
  if (/(^|\/)(static|node_modules|bower_components)\//.test(file)) return /(^|\/)templates\//.test(file);
  return (
    TEMPLATE_EXTENSIONS.has(extension(file)) ||
    /(^|\/)templates\/.*\.(txt|xml|svg|md|css|js|json|csv|eml)$/.test(file)
  );
}

const TEMPLATE_EXTENSIONS = new Set(['html', 'htm', 'xhtml', 'jinja', 'jinja2', 'j2']);

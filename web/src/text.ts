// Texts of the judges' page.
import zh from '../../assets/text/page.zh-Hans.json';
import en from '../../assets/text/page.en.json';
import { catalogue } from './tongue';

export { language, speak } from './tongue';

export const t = catalogue('page', { 'zh-Hans': zh, en });

// Texts of the page by which a unit packs its works.
import zh from '../../assets/text/packing.zh-Hans.json';
import en from '../../assets/text/packing.en.json';
import { catalogue } from './tongue';

export { language, speak } from './tongue';

export const t = catalogue('packing', { 'zh-Hans': zh, en });
